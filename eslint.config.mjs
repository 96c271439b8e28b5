import * as parser from '@typescript-eslint/parser';

// The layers. Every other rule of the house is in .oxlintrc.json, which knows the types as well.

/** What a user can start: the command line and the library. */
const PRODUCT = [
  'campaign',
  'cluster',
  'contract-suite',
  'diagnostics',
  'download',
  'errors',
  'lib',
  'matrix',
  'newman',
  'processor',
  'sandbox',
  'sentinel',
  'services',
  'session',
  'target',
  'unpack',
  'user-collection',
];

// Imports point downwards (docs/architecture.md). Each row: a folder of scripts/ and the folders that it may import from.
const LAYERS = {
  lib: [],
  sentinel: [],
  matrix: ['sentinel'],
  errors: ['lib', 'sentinel'],
  services: ['errors', 'lib', 'sentinel'],
  unpack: ['errors', 'lib', 'sentinel', 'services'],
  download: ['errors', 'lib', 'sentinel', 'services', 'unpack'],
  target: ['download', 'errors', 'lib', 'services', 'unpack'],
  newman: ['errors', 'lib', 'services'],
  reports: ['download', 'errors', 'lib', 'matrix', 'sentinel'],
  sandbox: ['errors', 'lib', 'sentinel'],
  session: ['errors', 'lib', 'newman', 'reports', 'sandbox', 'services'],
  'contract-suite': ['download', 'errors', 'lib', 'newman', 'reports', 'sentinel', 'services', 'session'],
  workflow: ['contract-suite', 'lib', 'sentinel', 'services'],
  processor: ['errors', 'lib', 'sentinel'],
  campaign: [
    'download',
    'errors',
    'lib',
    'matrix',
    'newman',
    'processor',
    'reports',
    'sentinel',
    'services',
    'session',
    'target',
    'unpack',
  ],
  cluster: ['campaign', 'download', 'errors', 'lib', 'reports', 'sentinel', 'services', 'session', 'target', 'unpack'],
  diagnostics: ['download', 'errors', 'lib', 'sentinel', 'services', 'session'],
  'user-collection': ['errors', 'lib', 'newman', 'reports', 'services', 'session'],
  // The man page is made from the options of the command line.
  generate: ['cli', 'contract-suite', 'lib', 'sentinel', 'services'],
  fidelity: ['lib', 'sandbox', 'sentinel'],
  cli: PRODUCT,
  library: PRODUCT,
};

const layerRules = Object.entries(LAYERS).map(([folder, allowed]) => {
  const forbidden = Object.keys(LAYERS).filter((name) => name !== folder && !allowed.includes(name));
  return {
    files: [`scripts/${folder}/**/*.ts`],
    // The events of a run name what every part tells: types only.
    ignores: ['scripts/session/run-events.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(?:[.][.]/)+(?:${forbidden.join('|')})/`,
              message: `Imports point downwards: ${folder} may not import this (docs/architecture.md).`,
            },
          ],
        },
      ],
    },
  };
});

export default [
  { ignores: ['scripts/services/schema/types/', 'scripts/reports/campaign/browser-program.js'] },
  {
    files: ['{scripts,tests,bench}/**/*.ts'],
    languageOptions: { parser },
    rules: {
      'no-restricted-syntax': ['error', { selector: 'TSEnumDeclaration', message: 'A union of texts says the same.' }],
    },
  },
  ...layerRules,
];
