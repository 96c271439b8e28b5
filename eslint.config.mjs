import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

// design.md: imports point downwards. Each row: a folder of scripts/ and the folders it must not import from.
const LAYERS = [
  [
    'sentinel',
    ['commands', 'newman', 'campaign', 'download', 'report', 'sandbox', 'services', 'collections', 'contract'],
  ],
  ['contract', ['commands', 'newman', 'campaign', 'download', 'report', 'sandbox', 'services', 'collections']],
  ['collections', ['commands', 'newman', 'campaign', 'download', 'report', 'sandbox', 'services']],
  ['services', ['commands', 'newman', 'campaign', 'download', 'report', 'sandbox', 'collections']],
  ['sandbox', ['commands', 'newman', 'campaign', 'download', 'report', 'services', 'collections']],
  ['newman', ['commands', 'terminal', 'sandbox']],
  ['campaign', ['commands', 'terminal', 'sandbox']],
  ['download', ['commands', 'terminal', 'sandbox']],
  ['doctor', ['commands', 'newman', 'campaign', 'report', 'terminal', 'sandbox', 'collections', 'drift']],
  ['drift', ['commands', 'newman', 'campaign', 'download', 'report', 'terminal', 'sandbox', 'collections', 'doctor']],
  ['report', ['commands', 'terminal', 'sandbox']],
  ['terminal', ['commands', 'sandbox']],
];

const layerRules = LAYERS.map(([folder, forbidden]) => ({
  files: [`scripts/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: forbidden.flatMap((other) => [`**/${other}/*`, `**/${other}/**`]),
            message: `Imports point downwards: ${folder} may not use it (docs/architecture.md).`,
          },
          ...(folder === 'sentinel'
            ? [{ group: ['../*', '!../sentinel/*'], message: 'sentinel is pure domain: it imports nothing of ours.' }]
            : []),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: ['node_modules/', 'dist/', 'reports/', 'downloads/', 'scripts/contract/types/'],
  },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'exit', message: 'Only cli.ts ends the process.' },
      ],
    },
  },
  { files: ['scripts/cli.ts'], rules: { 'no-restricted-properties': 'off' } },
  ...layerRules,
  {
    files: ['tests/**/*.ts', 'bench/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', 'no-console': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['**/*.mjs', '**/*.js'], ...tseslint.configs.disableTypeChecked },
);
