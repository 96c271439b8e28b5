import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createTestServer } from './create-test-server';

/** A registry of npm that has one packed package, and sends for all others to the one that is set here. @returns its address */
export async function npmRegistry(tarball: string): Promise<string> {
  const words = ['-xzOf', tarball, 'package/package.json'];
  const manifest = JSON.parse(execFileSync('tar', words, { encoding: 'utf8' })) as { name: string; version: string };
  const others = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  const bytes = readFileSync(tarball);
  const { origin } = await createTestServer(({ url }, response) => {
    if (url === `/${manifest.name}.tgz`) return response.end(bytes);
    if (url !== `/${manifest.name}`) return response.writeHead(302, { location: new URL(url, others).href }).end();
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const dist = { tarball: `${origin}/${manifest.name}.tgz`, integrity };
    const versions = { [manifest.version]: { ...manifest, dist } };
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify({ name: manifest.name, 'dist-tags': { latest: manifest.version }, versions }));
  });
  return `${origin}/`;
}
