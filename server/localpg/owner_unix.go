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

// own gives to o what belongs to root in path and below, as after a restore, and
// closes a folder that others could enter, since PostgreSQL refuses one. A file
// with a second name is left: that name may stand for something of the system.
func (o owner) own(path string) error {
	if o.drop {
		err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // a temporary file
			}
			if err != nil {
				return err
			}
			info, err := d.Info()
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || ownerOf(info).uid != 0 || !info.IsDir() && !hasOneName(info) {
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

func hasOneName(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && st.Nlink == 1
}

// letIn has the user that PostgreSQL runs as pass through to its folders. Root's
// folders get the bit when it is missing; other people's are theirs to open.
func (s *Server) letIn() error {
	for _, dir := range []string{s.home.dir, s.bin.dir} {
		closed, err := s.as.closedAbove(dir)
		if err != nil {
			return err
		}
		for _, at := range closed {
			info, err := os.Stat(at)
			if err != nil {
				return err
			}
			if ownerOf(info).uid != 0 {
				return fmt.Errorf("the folder %s is closed to user %d, as whom PostgreSQL runs because it refuses root: "+
					"run the server as the folder's owner, choose another data directory, or run chmod o+x on it", at, s.as.uid)
			}
			s.cfg.Log.Warn("opening a folder for PostgreSQL to pass through", "folder", at, "user", s.as.uid)
			if err := os.Chmod(at, info.Mode()|0o001); err != nil {
				return err
			}
		}
	}
	return nil
}

// closedAbove lists dir and the folders above it that o cannot pass through.
func (o owner) closedAbove(dir string) (closed []string, err error) {
	if !o.drop {
		return nil, nil
	}
	for at := dir; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			return nil, err
		}
		if !o.passes(info) {
			closed = append(closed, at)
		}
		if at == filepath.Dir(at) {
			return closed, nil
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
