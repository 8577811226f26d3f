package ledger

import "io/fs"

// Windows keeps no such bits: the folder's access list guards the file.
func othersCanRead(fs.FileMode) bool { return false }
