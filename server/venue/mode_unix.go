//go:build !windows

package venue

import "io/fs"

// isOpenToOthers says that more than its owner may read a key.
func isOpenToOthers(m fs.FileMode) bool { return m.Perm()&0o077 != 0 }
