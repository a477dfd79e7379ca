import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const ours = {
  'no-nested-ternary': 'error',
  'no-else-return': 'error',
  eqeqeq: 'error',
  'no-console': 'error',
}

const typed = {
  ...ours,
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
  // Columns are read as column[i]! all day: noUncheckedIndexedAccess asks for it, and a check would cost the hot loop.
  '@typescript-eslint/no-non-null-assertion': 'off',
}

const buttonsSayTheirType = {
  'no-restricted-syntax': [
    'error',
    {
      selector: 'JSXOpeningElement[name.name="button"]:not(:has(JSXAttribute[name.name="type"]))',
      message: 'A <button> without a type submits forms: write type="button".',
    },
  ],
}

export default defineConfig(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'coverage/',
      'test-results/',
      'playwright-report/',
      '.cache/',
      'tests/kernel-traces/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: typed,
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    rules: buttonsSayTheirType,
  },
  { files: ['src/cli/**', 'tests/**'], rules: { 'no-console': 'off' } },
  // Scripts that must run before anything is installed are plain JavaScript; types cannot help there.
  { files: ['**/*.{js,mjs}'], rules: { ...ours, 'no-console': 'off' } },
)
