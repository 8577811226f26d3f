import { createApp } from 'vue'
import '@/shared/tokens.css'
import '@/shared/base.css'
import './board.css'
import { startLocale } from '@/shared/locale'
import { startTheme } from '@/shared/theme'
import App from './App.vue'
import { large, setLarge } from './large'
import { startRoute } from './route'

startLocale()
startTheme()
setLarge(large.value)
startRoute()
createApp(App).mount('#app')
