import { Hindrance } from '../../contract/process.ts';
import { run, tail, withProgress } from '../run.ts';

/** What `build-worker.sh` needs, as Debian and Ubuntu call it, each with a way to see whether it is there. */
const tools: [debianPackage: string, command: string, args: string[]][] = [
  ['g++', 'g++', ['--version']],
  ['meson', 'meson', ['--version']],
  ['ninja-build', 'ninja', ['--version']],
  ['pkg-config', 'pkg-config', ['--version']],
  ['flatbuffers-compiler', 'flatc', ['--version']],
  ['dpkg-dev', 'dpkg-source', ['--version']],
  ['libuv1-dev', 'pkg-config', ['--exists', 'libuv']],
  ['libssl-dev', 'pkg-config', ['--exists', 'openssl']],
  ['libsrtp2-dev', 'pkg-config', ['--exists', 'libsrtp2']],
  ['libabsl-dev', 'pkg-config', ['--exists', 'absl_strings']],
  ['libflatbuffers-dev', 'pkg-config', ['--exists', 'flatbuffers']],
];

/** Installs what is missing where we may. @throws {Hindrance} naming the packages where we may not. */
export async function requireBuildTools(): Promise<void> {
  const missing = await missingTools();
  if (missing.length === 0) return;
  const command = `apt-get install ${missing.join(' ')}`;
  const apt = (await run('apt-get', ['--version'])).status === 0;
  if (!apt)
    throw new Hindrance(
      `mediasoup-worker has to be built here and these are missing: ${missing.join(' ')}. Install them, or set MEDIASOUP_WORKER_BIN.`,
    );
  if (process.getuid?.() !== 0)
    throw new Hindrance(`mediasoup-worker has to be built here and needs packages that this user may not install. As root: ${command}`);
  await withProgress(`Installing ${missing.join(' ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env });
    const installed = await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...missing], { env });
    if (installed.status !== 0)
      throw new Hindrance(`Packages for building mediasoup-worker could not be installed (${tail(installed.output)}). By hand: ${command}`);
  });
}

async function missingTools(): Promise<string[]> {
  const present = await Promise.all(tools.map(async ([, command, args]) => (await run(command, args)).status === 0));
  return tools.filter((_, index) => !present[index]).map(([debianPackage]) => debianPackage);
}
