import { createApp } from 'vue'
import '@/shared/tokens.css'
import '@/shared/base.css'
import '@/shared/controls.css'
import './register.css'
import { startLocale } from '@/shared/locale'
import { startTheme } from '@/shared/theme'
import App from './App.vue'
import { startRoute } from './route'

startLocale()
startTheme()
startRoute()
createApp(App).mount('#app')
