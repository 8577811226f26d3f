package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	embedded "github.com/fergusstrange/embedded-postgres"
)

const mavenCentral = "https://repo1.maven.org/maven2"

// releases are the versions that can be fetched, by major.
var releases = map[int]embedded.PostgresVersion{
	14: embedded.V14, 15: embedded.V15, 16: embedded.V16, 17: embedded.V17, 18: embedded.V18,
}

// fetch downloads PostgreSQL and unpacks it under h.bin, complete from the moment
// it has its name. The download itself cannot be broken off; when ctx ends, fetch
// returns and leaves it to run out.
func fetch(ctx context.Context, cfg Config, h home, major int) (binaries, error) {
	release, ok := releases[major]
	if !ok {
		return binaries{}, fmt.Errorf("PostgreSQL %d cannot be fetched", major)
	}
	mirror := strings.TrimRight(cfg.Mirror, "/")
	if mirror == "" {
		mirror = mavenCentral
	}
	cfg.Log.Info("no PostgreSQL on this machine, fetching it once", "version", release, "from", mirror)
	into := filepath.Join(h.bin, strconv.Itoa(major))
	fresh, cache := into+".new", filepath.Join(h.bin, "cache")
	if err := os.RemoveAll(fresh); err != nil { // an unpacking that never finished
		return binaries{}, err
	}
	ended := make(chan error, 1)
	go func() { ended <- download(release, mirror, cache, fresh) }()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		err = ctx.Err()
	}
	b, inspectErr := inspect(ctx, filepath.Join(fresh, "bin"))
	if inspectErr != nil {
		return binaries{}, fmt.Errorf("fetch PostgreSQL %s from %s: %w", release, mirror, errors.Join(err, inspectErr))
	}
	if b.major != major {
		return binaries{}, fmt.Errorf("%s gave PostgreSQL %s instead of %d", mirror, b.version, major)
	}
	if err := errors.Join(os.RemoveAll(into), os.Rename(fresh, into)); err != nil {
		return binaries{}, err
	}
	_ = os.RemoveAll(cache) // the archive has done its work
	b.dir = filepath.Join(into, "bin")
	return b, nil
}

// download always returns an error: the library's Start is made to end after
// unpacking, since it would otherwise run PostgreSQL in its own way. A path that
// ends in "." is one that os.RemoveAll refuses, whatever stands there.
func download(release embedded.PostgresVersion, mirror, cache, into string) (err error) {
	defer func() {
		if p := recover(); p != nil { // the library panics when a temporary file cannot be removed
			err = fmt.Errorf("unpack PostgreSQL: %v", p)
		}
	}()
	port, err := freePort() // it insists on a free one although nothing will listen
	if err != nil {
		return err
	}
	runtimeDir, err := os.MkdirTemp("", "jiangtai-fetch-") // cleared by the library, so never one of ours
	if err != nil {
		return err
	}
	defer os.RemoveAll(runtimeDir)
	return embedded.NewDatabase(embedded.DefaultConfig().
		Version(release).
		Port(uint32(port)).
		BinaryRepositoryURL(mirror).
		CachePath(cache).
		BinariesPath(into).
		RuntimePath(runtimeDir).
		DataPath(into + string(filepath.Separator) + ".").
		Logger(io.Discard)).Start()
}
