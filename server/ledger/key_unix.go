//go:build !windows

package ledger

import "io/fs"

func othersCanRead(m fs.FileMode) bool { return m.Perm()&0o077 != 0 }
