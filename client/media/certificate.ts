import type { JoinOffer } from '../../contract/media.ts';

export type OwnCertificate = { certificate: RTCCertificate; fingerprints: JoinOffer['fingerprints'] };

/** Made before the door, so that joining needs no round trip for it. */
export async function makeCertificate(): Promise<OwnCertificate> {
  const certificate = await RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' } as AlgorithmIdentifier);
  const known = certificate.getFingerprints?.() ?? [];
  const fingerprints = known.length > 0 ? known : await fingerprintsFromOffer(certificate);
  return { certificate, fingerprints: fingerprints as JoinOffer['fingerprints'] };
}

/** For browsers without `getFingerprints`: an offer names them. */
async function fingerprintsFromOffer(certificate: RTCCertificate): Promise<RTCDtlsFingerprint[]> {
  const connection = new RTCPeerConnection({ certificates: [certificate] });
  try {
    connection.createDataChannel('');
    const { sdp = '' } = await connection.createOffer();
    return [...sdp.matchAll(/^a=fingerprint:(\S+) (\S+)/gm)].map(([, algorithm = '', value = '']) => ({ algorithm, value }));
  } finally {
    connection.close();
  }
}
