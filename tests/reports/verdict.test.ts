import { describe, expect, it } from 'vitest';
import { EXIT } from '../../scripts/errors/exit-codes';
import { verdictOf } from '../../scripts/reports/run/verdict';
import { goodReport, sampleReport } from './sample-report';

describe('the verdict', () => {
  it('of a good run counts files and checks', () => {
    expect(verdictOf(goodReport())).toEqual({
      tone: 'good',
      sentence: '61 auxiliary files here, each with the right size and MD5; 24 checks passed.',
      meaning: 'all there, all verified',
    });
  });

  it('of a run with a download limit says what was left out', () => {
    const { files } = goodReport();
    const some = files.map((file, index) => (index < 60 ? { ...file, status: 'not-fetched' as const } : file));
    expect(verdictOf({ ...goodReport(), files: some }).sentence).toBe(
      '1 auxiliary file here, each with the right size and MD5, 60 left out as asked; 24 checks passed.',
    );
    expect(verdictOf({ ...goodReport(), files: [] }).sentence).toBe('No file was asked for; 24 checks passed.');
  });

  it('of failed checks counts them', () => {
    expect(verdictOf(sampleReport({ exitCode: 1 })).sentence).toBe('1 of 24 checks failed.');
    expect(verdictOf({ ...goodReport(), exitCode: 1 }).sentence).toMatch(/strict checks/);
  });

  it.each(Object.entries(EXIT))('knows %s (%i)', (_name, exitCode) => {
    const { sentence, meaning, tone } = verdictOf(sampleReport({ exitCode }));
    expect(sentence).toMatch(/^.+\.$/);
    expect(meaning).not.toBe('unknown');
    expect(tone === 'good').toBe(exitCode === EXIT.ok);
  });

  it('does not praise what it does not know', () => {
    expect(verdictOf(sampleReport({ exitCode: 99 }))).toMatchObject({ tone: 'bad', meaning: 'unknown' });
  });
});
