// Without the fonts that the theme brings: the reader's own need no download.
import Theme from 'vitepress/theme-without-fonts'
import './style.css'

export default Theme
