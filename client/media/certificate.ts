import type { JoinOffer } from '../../contract/media.ts';

export type OwnCertificate = { certificate: RTCCertificate; fingerprints: JoinOffer['fingerprints'] };

/** Made before the door, so that joining needs no round trip for it. */
export async function makeCertificate(): Promise<OwnCertificate> {
  const certificate = await RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' } as AlgorithmIdentifier);
  const known = certificate.getFingerprints?.() ?? [];
  const fingerprints = known.length > 0 ? known : await fingerprintsFromOffer(certificate);
  return { certificate, fingerprints: fingerprints.map(asInSdp) };
}

/** The API gives lower case; the SFU compares with upper case, as SDP has it. */
const asInSdp = ({ algorithm = '', value = '' }: RTCDtlsFingerprint): JoinOffer['fingerprints'][number] => ({
  algorithm: algorithm as JoinOffer['fingerprints'][number]['algorithm'],
  value: value.toUpperCase(),
});

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
