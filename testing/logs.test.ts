import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patientName, relativeName, testNumber, whereabouts } from './care.ts';
import { saidOf } from './logs.ts';

test('looking through logs finds names, numbers, addresses, tokens and SDP, and lets ids and times be', () => {
  const number = testNumber('1950-03-04');
  const bad = [
    `params: ${patientName}`,
    `{"msg":"${relativeName} came"}`,
    `number ${number}`,
    `number ${number.slice(2, 8)}-${number.slice(8)}`,
    whereabouts.address,
    whereabouts.callbackPhone,
    'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.x',
    'v=0\\r\\no=- 1 2 IN IP4 127.0.0.1',
    'cookie: samrum_session=abc',
  ];
  for (const line of bad) assert.notDeepEqual(saidOf(line), [], line);
  const good = [
    `{"level":30,"time":${Date.now()},"pid":12345,"hostname":"vm","name":"server","msg":"the server is ready"}`,
    `{"visitId":"5a11e1d0-0000-4000-a000-000000000001","support":"0A1B2C3D"}`,
    'Port 13345 is in use',
  ];
  for (const line of good) assert.deepEqual(saidOf(line), [], line);
});
