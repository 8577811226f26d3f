import { defineConfig } from '@playwright/test'
import base from './playwright.config'

// `npm run pictures`: the pictures of docs/pictures, taken from the running demonstration.
export default defineConfig({ ...base, testDir: './pictures', timeout: 240_000 })
