package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
)

const (
	role     = "jiangtai" // the one role and the one database
	unixPort = 5432       // part of the socket's name only
)

// Config says where the database lives and how to get at PostgreSQL. The zero
// value of every field but Data is useful.
type Config struct {
	// Data is the program's data directory; it is made if it is missing.
	Data string
	// Bin is a folder with PostgreSQL's programs, to be used instead of a search.
	Bin string
	// Mirror is the Maven repository to fetch binaries from when the machine has
	// none; empty means Maven Central.
	Mirror string
	// NoFetch forbids the download: without binaries, Start fails.
	NoFetch bool
	// Volatile gives durability away for speed (fsync off). For tests only.
	Volatile bool
	// Connections is how many it takes at once; 0 means 60.
	Connections int
	// Log receives starts, stops and deaths; nil means silence.
	Log *slog.Logger

	// places replaces the folders searched for binaries, for tests.
	places []string
}

// Server is a running PostgreSQL that belongs to this process. It is safe for
// concurrent use.
type Server struct {
	cfg    Config
	home   home
	bin    binaries
	as     owner
	lock   *os.File
	socket string // folder of the socket; empty where TCP is used
	port   int
	secret string

	up       chan struct{} // closed when it first takes connections
	down     chan error    // what each unexpected end was
	stop     chan struct{} // closed by Close
	done     chan struct{} // closed when the supervisor has ended
	ready    atomic.Bool
	restarts atomic.Int64

	mu      sync.Mutex // guards process and stopped
	process *os.Process
	stopped bool

	closeOnce sync.Once
	closeErr  error
}

// ErrInUse is in the error of Start when another server uses the directory.
var ErrInUse = errors.New("the data directory is in use by another server")

// Start brings PostgreSQL up and returns when it takes connections. ctx limits
// the start only, not the life of the server; an existing database may need
// minutes to recover from a crash, a new one takes seconds, a download longer.
// Errors: ErrInUse, *VersionError, ErrNoBinaries and those of the system.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	h, err := openHome(cfg.Data)
	if err != nil {
		return nil, err
	}
	lock, err := takeLock(h.lock)
	if err != nil {
		return nil, err
	}
	s := &Server{
		cfg: cfg, home: h, lock: lock,
		up: make(chan struct{}), down: make(chan error, 1), stop: make(chan struct{}), done: make(chan struct{}),
	}
	if err := s.start(ctx); err != nil {
		removeSocketDir(s.socket)
		_ = lock.Close()
		return nil, fmt.Errorf("start PostgreSQL in %s: %w", h.data, err)
	}
	return s, nil
}

func (s *Server) start(ctx context.Context) error {
	major, err := s.home.major()
	if err != nil {
		return err
	}
	if s.as, err = chooseOwner(s.home); err != nil {
		return err
	}
	if s.bin, err = findBinaries(ctx, s.cfg, s.home, major); err != nil {
		return err
	}
	if err := s.letIn(); err != nil {
		return err
	}
	if err := s.prepare(ctx, major == 0); err != nil {
		return err
	}
	if err := s.place(); err != nil {
		return err
	}
	s.cfg.Log.Info("starting PostgreSQL", "version", s.bin.version, "bin", s.bin.dir, "data", s.home.data)
	go s.supervise()
	return s.awaitUp(ctx)
}

// place decides where connections are taken.
func (s *Server) place() (err error) {
	if s.port = unixPort; hasUnixSockets {
		s.socket, err = socketDir(s.home, s.as)
		return err
	}
	s.port, err = freePort()
	return err
}

// URL is a connection string for lib/pq and psql. It holds the password.
func (s *Server) URL() string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(role, s.secret), Path: "/" + role}
	q := url.Values{"sslmode": {"disable"}}
	if s.socket != "" {
		q.Set("host", s.socket)
		q.Set("port", strconv.Itoa(s.port))
	} else {
		u.Host = "127.0.0.1:" + strconv.Itoa(s.port)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// Version is PostgreSQL's own, such as "15.13".
func (s *Server) Version() string { return s.bin.version }

// Ready says whether PostgreSQL takes connections as far as is known now.
func (s *Server) Ready() bool { return s.ready.Load() }

// Down yields one error for an unexpected death of PostgreSQL; deaths that
// nobody reads are not queued. It is started again in any case.
func (s *Server) Down() <-chan error { return s.down }

// Pid is the process number of the postmaster, 0 while there is none.
func (s *Server) Pid() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process == nil {
		return 0
	}
	return s.process.Pid
}

// Close stops PostgreSQL: connections are cut and everything is written; if that
// takes longer than 20 s it is stopped at once, and what was committed is
// replayed at the next start. An error says that it had to come to this. Further
// calls return the first one's result.
func (s *Server) Close() error {
	s.closeOnce.Do(func() {
		s.closeErr = s.halt()
		removeSocketDir(s.socket)
		_ = s.lock.Close()
	})
	return s.closeErr
}

// home is the folder of Config.Data and the names in it.
type home struct {
	dir, data, fresh, password, log, lock, run, bin string
}

func openHome(dir string) (home, error) {
	if dir == "" {
		return home{}, errors.New("no data directory was named")
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return home{}, err
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return home{}, err
	}
	if abs, err = filepath.EvalSymlinks(abs); err != nil {
		return home{}, err
	}
	at := func(name string) string { return filepath.Join(abs, name) }
	return home{
		dir: abs, data: at("postgres"), fresh: at("postgres.new"), password: at("postgres.password"),
		log: at("postgres.log"), lock: at("postgres.lock"), run: at("postgres.run"), bin: at("postgres.bin"),
	}, nil
}

// Lock takes the file for this process, for callers with folders of their own to
// guard; ErrInUse if another one holds it. It is released by Close, or when the
// process ends in any way.
func Lock(path string) (io.Closer, error) {
	f, err := takeLock(path)
	if err != nil {
		return nil, err
	}
	return f, nil
}
