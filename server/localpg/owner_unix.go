//go:build unix

package localpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// owner is the user that PostgreSQL runs as.
type owner struct {
	uid, gid int
	drop     bool // whether this is another user than ours
}

// nobody is the number that systems without a list of users agree on.
const nobody = 65534

func chooseOwner(h home) (owner, error) {
	if os.Geteuid() != 0 {
		return owner{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	info, err := os.Stat(h.data)
	if err == nil {
		if o := ownerOf(info); o.uid != 0 {
			o.drop = true
			return o, nil
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return owner{}, err
	}
	for _, name := range []string{"postgres", "nobody"} {
		if o, ok := lookup(name); ok {
			return o, nil
		}
	}
	return owner{uid: nobody, gid: nobody, drop: true}, nil
}

func lookup(name string) (owner, bool) {
	u, err := user.Lookup(name)
	if err != nil {
		return owner{}, false
	}
	uid, err1 := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	if err1 != nil || err2 != nil || uid <= 0 {
		return owner{}, false
	}
	return owner{uid: uid, gid: gid, drop: true}, true
}

func ownerOf(info fs.FileInfo) owner {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return owner{uid: -1, gid: -1}
	}
	return owner{uid: int(st.Uid), gid: int(st.Gid)}
}

// own gives path and all under it to o, and closes a folder that others could
// enter, since PostgreSQL refuses one.
func (o owner) own(path string) error {
	if o.drop {
		err := filepath.WalkDir(path, func(p string, _ fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return os.Lchown(p, o.uid, o.gid)
		})
		if err != nil {
			return err
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.IsDir() && info.Mode().Perm()&0o027 != 0 {
		return os.Chmod(path, 0o700)
	}
	return nil
}

// letIn has the user that PostgreSQL runs as reach its folders.
func (s *Server) letIn() error {
	if !s.as.drop {
		return nil
	}
	for _, dir := range []string{s.home.dir, s.bin.dir} {
		if err := s.as.letThrough(dir); err != nil {
			return err
		}
	}
	return nil
}

// letThrough gives o the bit to pass through dir and all folders above it. Root's
// folders get it when it is missing; other people's are theirs to open.
func (o owner) letThrough(dir string) error {
	if !o.drop {
		return nil
	}
	for at := dir; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			return err
		}
		if !o.passes(info) {
			if ownerOf(info).uid != 0 {
				return fmt.Errorf("the folder %s is closed to user %d, as whom PostgreSQL runs because it refuses root: "+
					"run the server as the folder's owner, choose another data directory, or run chmod o+x on it", at, o.uid)
			}
			if err := os.Chmod(at, info.Mode()|0o001); err != nil {
				return err
			}
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

func (o owner) passes(dir fs.FileInfo) bool {
	of, mode := ownerOf(dir), dir.Mode().Perm()
	switch {
	case of.uid == o.uid:
		return mode&0o100 != 0
	case of.gid == o.gid:
		return mode&0o010 != 0
	}
	return mode&0o001 != 0
}
