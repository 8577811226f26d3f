// happy-dom has no IndexedDB; the outbox and the bundle store are tested on the real API all the same.
import 'fake-indexeddb/auto'
