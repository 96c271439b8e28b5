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
    expect(verdictOf({ ...goodReport(), files: [] }).sentence).toBe('No file was requested; 24 checks passed.');
  });

  it('of failed checks counts them', () => {
    const findings = [
      { severity: 'error' as const, code: 'CHECKS_FAILED' as const, title: '1 of 24 checks failed: "A".', text: '' },
    ];
    const { baselines } = goodReport();
    expect(verdictOf(sampleReport({ exitCode: 1, baselines, findings })).sentence).toBe('1 of 24 checks failed: "A".');
    expect(verdictOf({ ...goodReport(), exitCode: 1 }).sentence).toMatch(/strict checks/);
  });

  it('of empty lists names them as the cause, before the checks that fail because of them', () => {
    const { baselines } = goodReport();
    const empty = baselines.map((baseline) => ({ ...baseline, adfs: [] }));
    expect(verdictOf(sampleReport({ exitCode: 1, baselines: empty })).sentence).toBe(
      'All 310 Level-0 products have empty lists: rdb.svc names no auxiliary file for S3OLCI A → L2LFR. 1 of 24 checks failed.',
    );
    const some = baselines.map((baseline, place) => (place < 2 ? { ...baseline, adfs: [] } : baseline));
    expect(verdictOf(sampleReport({ exitCode: 1, baselines: some })).sentence).toMatch(
      /^2 of 310 Level-0 products have an empty list: /,
    );
  });

  it('of an incomplete baseline is what is missing', () => {
    const findings = [
      { severity: 'error' as const, code: 'CHECKS_FAILED' as const, title: '1 of 24 checks failed.', text: '' },
      { severity: 'error' as const, code: 'ADF_TYPE_MISSING' as const, title: 'OL_1_CAL_AX is missing.', text: '' },
    ];
    const { baselines } = goodReport();
    expect(verdictOf(sampleReport({ exitCode: 1, baselines, findings })).sentence).toBe(
      'OL_1_CAL_AX is missing. 1 of 24 checks failed.',
    );
  });

  it('of what is wrong on this machine blames neither the service nor the request', () => {
    const ended = (code: 'TARGET_IN_USE' | 'DISK_FULL' | 'FILE_IN_THE_WAY' | 'NETWORK', exitCode: number): string =>
      verdictOf(sampleReport({ exitCode, findings: [{ severity: 'error', code, title: code, text: '' }] })).sentence;
    expect(ended('TARGET_IN_USE', 5)).toBe('Another process downloads into this folder.');
    expect(ended('DISK_FULL', 2)).toMatch(/^The disk is full: /);
    expect(ended('FILE_IN_THE_WAY', 6)).toMatch(/^Something else has the name of a file: /);
    expect(ended('NETWORK', 5)).toMatch(/^The service or the network failed/);
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
