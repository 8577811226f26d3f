import { defineConfig } from 'vitest/config'
import vue from '@vitejs/plugin-vue'
import { alias, define, home } from './vite.shared.ts'

// `npm test` compiles the messages first; compiling them here too would make two writers of one folder.
export default defineConfig({
  root: home,
  define,
  resolve: { alias },
  plugins: [vue()],
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.spec.ts', '*.spec.ts'],
    setupFiles: ['./vitest.setup.ts'],
    restoreMocks: true,
    unstubGlobals: true,
    allowOnly: false,
    passWithNoTests: false,
  },
})
