import { createApp } from 'vue'
import '@/shared/tokens.css'
import '@/shared/base.css'
import { startLocale } from '@/shared/locale'
import App from './App.vue'

startLocale()
createApp(App).mount('#app')
