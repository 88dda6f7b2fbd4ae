import { sha } from '../../../test/support/github-payloads.js';
import { commitOfArtifact } from './purl.js';

const commit = sha('m');

describe('the commit of an artifact', () => {
  it.each([
    ['the version', `pkg:github/acme/shop@${commit}`],
    ['the version, in capitals', `pkg:golang/example.com/acme/shop@${commit.toUpperCase()}`],
    ['the tag of an image', `pkg:oci/shop@sha256%3A${'ab'.repeat(32)}?repository_url=ghcr.io/acme&tag=${commit}`],
    [
      'the end of its vcs_url',
      `pkg:npm/%40acme/shop@1.2.0?vcs_url=git%2Bhttps://git.example/acme/shop.git%40${commit}`,
    ],
    [
      'the end of its vcs_url, with a subpath',
      `pkg:npm/shop@1.2.0?vcs_url=git+ssh://git@git.example/shop@${commit}%23api`,
    ],
  ])('is %s', (_where, artifact_id) => {
    expect(commitOfArtifact(artifact_id)).toBe(commit);
  });

  it('is its version where it names none: never a checksum, nor a part of a version', () => {
    const checksum = `checksum=sha1:${sha('of the archive')}`;
    expect(commitOfArtifact(`pkg:npm/shop@1.2.0%2B7?${checksum}`)).toBe('1.2.0+7');
    expect(commitOfArtifact(`pkg:oci/shop@sha256%3A${'ab'.repeat(32)}`)).toBe(`sha256:${'ab'.repeat(32)}`);
    expect(commitOfArtifact('pkg:golang/example.com/shop@234fd47e07d1004f0aed9c')).toBe('234fd47e07d1004f0aed9c');
    expect(commitOfArtifact('pkg:npm/shop@100%zz')).toBe('100%zz');
  });

  it('is the whole of what is no package URL', () => {
    expect(commitOfArtifact('ab'.repeat(32))).toBe('ab'.repeat(32));
    expect(commitOfArtifact('six-1.14.0-py2.py3-none-any.whl')).toBe('six-1.14.0-py2.py3-none-any.whl');
  });

  it('is the whole of what is longer than a package URL, without a search that takes for ever', () => {
    const endless = `pkg:npm/shop@1?vcs_url=${'@a%23'.repeat(500_000)}%0A`;
    expect(commitOfArtifact(endless)).toBe(endless);
  });

  it('is unknown where there is no version either', () => {
    expect(commitOfArtifact('pkg:npm/%40acme/shop')).toBeUndefined();
    expect(commitOfArtifact('pkg:oci/shop?repository_url=ghcr.io/acme@home')).toBeUndefined();
  });
});
