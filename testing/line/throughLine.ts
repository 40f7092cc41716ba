/**
 * Runs in a page before its own scripts: media go to the line's ports instead of the SFU's.
 *
 * @param ports - pairs of the product's port and the line's.
 */
export function throughLine(ports: [number, number][]): void {
  const portOf = new Map(ports.map(([product, line]) => [String(product), String(line)]));
  const moved = (sdp: string): string =>
    sdp
      .split('\r\n')
      .flatMap((text) => {
        const candidate = /^(a=candidate:\S+ \d+ \S+ \d+) (\S+) (\d+) (.*)$/.exec(text);
        if (!candidate) return [text];
        const [, start, ip, port = '', end] = candidate;
        return ip === '127.0.0.1' && portOf.has(port) ? [`${start} ${ip} ${portOf.get(port)} ${end}`] : [];
      })
      .join('\r\n');
  window.RTCPeerConnection = class extends RTCPeerConnection {
    override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      return super.setRemoteDescription({ type: description.type, sdp: moved(description.sdp ?? '') });
    }
  };
}
