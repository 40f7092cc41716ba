import { useState } from 'react';
import type { PatientView } from '../../contract/patients.ts';
import { api, codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Password } from '../office/Password.tsx';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';

/** A login of the patient's own, for installations without e-ID: past and coming visits on one page. */
export function PatientLogin({ patient }: { patient: PatientView }) {
  const { t } = useWords();
  const [given, setGiven] = useState<{ username: string; password: string } | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const give = (): void => {
    setProblem(null);
    api('POST /api/patients/:patientId/login', { params: { patientId: patient.id } }).then(setGiven, (error: unknown) =>
      setProblem(codeOf(error)),
    );
  };
  return (
    <Card title={t('login.title')} id="login">
      <p>{t(patient.username ? 'login.has' : 'login.hasNot', { username: patient.username ?? '' })}</p>
      {given && <Password {...given} />}
      {problem && <Notice look="problem">{t(problem === 'conflict' ? 'login.elsewhere' : `error.${problem}`)}</Notice>}
      <div>
        <Button onClick={give}>{t(patient.username ? 'login.newPassword' : 'login.give')}</Button>
      </div>
    </Card>
  );
}
