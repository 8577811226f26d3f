package venue

import "io/fs"

// isOpenToOthers cannot be told from the mode that Windows shows.
func isOpenToOthers(fs.FileMode) bool { return false }
