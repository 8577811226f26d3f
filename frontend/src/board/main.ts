import '@/shared/tokens.css'
import '@/shared/base.css'
import './board.css'
import { startLocale } from '@/shared/locale'
import { startTheme } from '@/shared/theme'
import App from './App.vue'
import { show } from './dom'
import { large, setLarge } from './large'
import { startRoute } from './route'

startLocale()
startTheme()
setLarge(large.value)
startRoute()
show(App, document.getElementById('app') as Element)
