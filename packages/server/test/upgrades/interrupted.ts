// Migrates the database of its argument by a step that takes long enough to be killed meanwhile.
import { migrate } from '../../src/storage/migrate.ts'
import { openDatabase } from '../../src/storage/open.ts'
import { followedBy, pausesBetween } from './steps.ts'

const [, , url = ''] = process.argv
await migrate(openDatabase(url), Date.now, followedBy(pausesBetween(true)))
