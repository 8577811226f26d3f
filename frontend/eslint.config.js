import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

const areas = ['board', 'register', 'tablet', 'screen', 'console']

// Whatever names a message must name it plainly: otherwise a page carries the words of every area.
const plainMessages = [
  {
    selector: "ImportDeclaration[source.value='@/paraglide/messages'] > ImportSpecifier",
    message: "Write `import * as m from '@/paraglide/messages'`: the named form keeps every area's words in the page.",
  },
  {
    selector: "MemberExpression[object.name='m'][computed=true]",
    message: "Name the message: a computed name keeps every area's words in the page.",
  },
]

/** An area is a house of its own: it takes from shared/, never from its neighbours. */
const walls = areas.map((area) => ({
  files: [`src/${area}/**/*.{ts,vue}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: areas.filter((a) => a !== area).flatMap((a) => [`@/${a}/**`, `**/../${a}/**`]),
            message: 'Areas never import each other: what two of them need belongs in src/shared.',
          },
        ],
      },
    ],
  },
}))

export default ts.config(
  {
    ignores: [
      'dist',
      'node_modules',
      'project.inlang',
      'src/paraglide',
      'src/shared/api.d.ts',
      'test-results',
      'playwright-report',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      ecmaVersion: 2022,
      globals: { ...globals.browser },
      parserOptions: { parser: ts.parser },
    },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-alert': 'error',
      'no-undef': 'off', // the compiler knows better
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_$' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', ...plainMessages],
      'vue/no-restricted-syntax': ['error', ...plainMessages],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/no-unused-refs': 'error',
      'vue/no-v-html': 'error',
      'vue/no-bare-strings-in-template': 'error',
      'vue/no-undef-components': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-lines-per-block': ['error', { script: 200, template: 150, style: 200, skipBlankLines: true }],
    },
  },
  ...walls,
  {
    files: ['*.{js,mjs,ts}', 'e2e/**/*.ts'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/**/*.spec.ts', 'e2e/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-properties': [
        'error',
        ...['it', 'test', 'describe'].flatMap((object) =>
          ['skip', 'only', 'todo', 'fixme'].map((property) => ({ object, property, message: 'Every test runs.' })),
        ),
      ],
    },
  },
  prettier,
)
