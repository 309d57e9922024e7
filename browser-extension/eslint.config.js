import globals from 'globals';
import js from '@eslint/js';

export default [
  { ignores: ['dist/', 'node_modules/', 'src/vendor/', 'target/'] },
  js.configs.recommended,
  {
    rules: {
      'eqeqeq': 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', 320],
      'max-len': ['error', { code: 120, ignoreUrls: true, ignorePattern: '^/\\*\\* @typedef' }],
    },
  },
  { files: ['src/**/*.js'], languageOptions: { globals: { ...globals.browser, ...globals.webextensions } } },
  {
    files: ['src/**/*.js'],
    rules: {
      'no-restricted-properties': ['error',
        { property: 'innerHTML', message: 'Use textContent.' },
        { property: 'outerHTML', message: 'Use textContent.' },
        { property: 'insertAdjacentHTML', message: 'Use textContent.' }],
    },
  },
  {
    files: ['test/**', 'test-recordings/**'],
    rules: { 'max-len': ['error', { code: 130 }], 'max-lines': ['error', 400] },
  },
  { files: ['scripts/**', 'test/**', 'test-recordings/**', '*.js'], languageOptions: { globals: globals.node } },
];
