import { createApp } from 'vue'
import '@/shared/tokens.css'
import '@/shared/base.css'
import './console.css'
import './table.css'
import { startLocale } from '@/shared/locale'
import { startTheme } from '@/shared/theme'
import App from './App.vue'
import { router } from './router'
import { begin } from './session'

startLocale()
startTheme()
void begin()
createApp(App).use(router).mount('#app')
