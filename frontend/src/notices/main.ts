import '@/shared/tokens.css'
import '@/shared/base.css'
import '@/shared/controls.css'
import './notices.css'
import { createApp } from 'vue'
import { startLocale } from '@/shared/locale'
import { startTheme } from '@/shared/theme'
import App from './App.vue'

startLocale()
startTheme()
createApp(App).mount('#app')
