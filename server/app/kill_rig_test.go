//go:build linux

package app_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"jiangtai/server/rehearsal"
)

// process is the program as a process of its own, which can be killed.
type process struct {
	t    testing.TB
	data string
	addr string
	cmd  *exec.Cmd
	log  *logKeeper
	said *logKeeper
	more []string // further arguments
}

// newProcess finds a port that stays the program's through its restarts.
func newProcess(t testing.TB, data string) *process {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := ln.Addr().String()
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, data: data, addr: addr, log: &logKeeper{}, said: &logKeeper{}}
	t.Cleanup(func() {
		if p.cmd != nil {
			p.kill()
		}
		if t.Failed() {
			t.Log(p.log.String())
		}
	})
	return p
}

func (p *process) base() string { return "http://" + p.addr }

// start runs `serve` and returns when it is ready.
func (p *process) start() {
	p.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		p.t.Fatal(err)
	}
	p.cmd = exec.Command(exe, append([]string{"serve", "--data", p.data, "--http-addr", p.addr, "--log-level", "warn"}, p.more...)...)
	p.cmd.Env = append(os.Environ(), asProgram+"=1")
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.log
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.ready()
}

func (p *process) ready() {
	p.t.Helper()
	client := &http.Client{Timeout: 5 * time.Second}
	defer client.CloseIdleConnections()
	eventually(p.t, time.Minute, "the program is ready", func() bool {
		res, err := client.Get(p.base() + "/readyz")
		if err != nil {
			return false
		}
		_ = res.Body.Close()
		return res.StatusCode == http.StatusOK
	})
}

// kill is kill -9.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	p.cmd = nil
}

// terminate asks for a stop in order and gives the exit code.
func (p *process) terminate() int {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	_ = p.cmd.Wait()
	code := p.cmd.ProcessState.ExitCode()
	p.cmd = nil
	return code
}

// killPostgres is kill -9 of the database's postmaster.
func (p *process) killPostgres() {
	p.t.Helper()
	raw, err := os.ReadFile(filepath.Join(p.data, "postgres", "postmaster.pid"))
	if err != nil {
		p.t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil || pid < 2 {
		p.t.Fatalf("postmaster.pid begins with %q", first)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		p.t.Fatal(err)
	}
}

// orphans are processes that still work in the data folder.
func orphans(data string) []string {
	var out []string
	dirs, _ := filepath.Glob("/proc/[0-9]*/cwd")
	for _, d := range dirs {
		if at, err := os.Readlink(d); err == nil && strings.HasPrefix(at, data) {
			out = append(out, d)
		}
	}
	return out
}

// eventually polls until the condition holds.
func eventually(t testing.TB, limit time.Duration, what string, condition func() bool) {
	t.Helper()
	deadline, tick := time.NewTimer(limit), time.NewTicker(20*time.Millisecond)
	defer deadline.Stop()
	defer tick.Stop()
	for !condition() {
		select {
		case <-tick.C:
		case <-deadline.C:
			t.Fatalf("not within %v: %s", limit, what)
		}
	}
}

const (
	kilnWriters = 8
	kilnWorks   = 12
	kilnPanel   = `{"format":"jiangtai.scheme/1","name":{"zh":"焊工"},
 "panels":[{"id":"j","name":{"zh":"评分"},"chairs":8}],"total":"100","rounding":{"total":{"places":2}},
 "components":[{"id":"p","name":{"zh":"实操"},"weight":"1","max":"100","criteria":[
  {"id":"w","name":{"zh":"制作"},"subs":[{"id":"s","name":{"zh":"工件"},"aspects":[
   {"id":"piece","name":{"zh":"工件"},"kind":"panel","panel":"j","max":"100","step":"0.25"}]}]}]}]}`
)

// kilnPackage is a contest of one event with eight judges.
func kilnPackage(t testing.TB) map[string]string {
	t.Helper()
	tb := tables{
		"events":  {{"code", "trade", "scheme"}, {"weld", "焊工", "weld"}},
		"entries": {{"event", "entry_no", "name"}},
		"judges":  {{"event", "panel"}},
		"units":   {{"code", "name"}},
	}
	for i := range kilnWorks {
		tb["entries"] = append(tb["entries"], []string{"weld", entryNo(i + 1), "选手" + strconv.Itoa(i+1)})
	}
	for range kilnWriters {
		tb["judges"] = append(tb["judges"], []string{"weld", "j"})
	}
	return tb.files(t, fmt.Sprintf(`{"code":%q,"name":"演练","kind":"rehearsal"}`, newCode()), map[string][]byte{"weld": []byte(kilnPanel)})
}

// writer is a judge who marks and marks again, and keeps what was acknowledged.
type writer struct {
	tablet   *rehearsal.Tablet
	r        *rand.Rand
	seq      uint32
	head     map[string]rehearsal.MarkBody // the mark of each work that holds
	receipts map[string]string             // by mark id
}

func (w *writer) next() []rehearsal.MarkBody {
	batch := make([]rehearsal.MarkBody, 0, 5)
	for _, at := range w.r.Perm(kilnWorks)[:1+w.r.IntN(5)] {
		work := entryNo(at + 1)
		w.seq++
		batch = append(batch, rehearsal.MarkBody{
			MarkID: uuid.NewString(), Event: w.tablet.Bundle.Event.ID, Chair: w.tablet.Bundle.Chair.Number, Work: work, Aspect: "piece",
			Value: strconv.Itoa(w.r.IntN(101)), Version: w.tablet.Bundle.Event.Version, DeviceSeq: w.seq, Supersedes: w.head[work].MarkID,
		})
	}
	return batch
}

// write goes on until told to stop; what it began it ends.
func (w *writer) write(ctx context.Context, stop <-chan struct{}, acknowledged *atomic.Int64) error {
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		batch := w.next()
		answers, err := w.tablet.Insist(ctx, batch)
		if err != nil {
			return err
		}
		for i, a := range answers {
			if a.Status != http.StatusOK {
				return fmt.Errorf("mark %s: %d %w", a.MarkID, a.Status, a.Problem)
			}
			w.receipts[a.MarkID] = string(a.Receipt)
			w.head[batch[i].Work] = batch[i]
		}
		acknowledged.Add(int64(len(answers)))
	}
}

// kiln is writers and followers at a program that is going to be killed.
type kiln struct {
	*process
	fair         *fair
	writers      []*writer
	followers    []*rehearsal.Follower
	topic        string
	acknowledged atomic.Int64
	group        *errgroup.Group
	stop         func()
}

// newKiln prepares the data in this process and hands them to another one.
func newKiln(t *testing.T) *kiln {
	t.Helper()
	data := t.TempDir()
	tw := &town{t: t, data: data, log: &logKeeper{}}
	if err := tw.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	k := &kiln{process: newProcess(t, data), fair: tw.importFair(kilnPackage(t))}
	k.topic = publicTopic(k.fair.events["weld"])
	public := rehearsal.NewClient(k.base())
	t.Cleanup(public.Rest)
	for i, tablet := range k.fair.pair("weld") {
		tablet.Client = public.As(tablet.Client.Token)
		k.writers = append(k.writers, &writer{
			tablet: tablet, r: rand.New(rand.NewPCG(9, uint64(i))), head: map[string]rehearsal.MarkBody{}, receipts: map[string]string{},
		})
	}
	k.fair.mustAct("weld", "open")
	if err := tw.end(); err != nil {
		t.Fatal(err)
	}
	k.start()
	for range 5 {
		k.followers = append(k.followers, public.Follow(context.WithoutCancel(t.Context()), rehearsal.FollowManner{}, k.topic))
	}
	t.Cleanup(k.leave)
	return k
}

// fire sets the writers going; they stop with stop, or fail the test.
func (k *kiln) fire(limit time.Duration) {
	stop := make(chan struct{})
	group, ctx := errgroup.WithContext(within(k.t, limit))
	for _, w := range k.writers {
		group.Go(func() error { return w.write(ctx, stop, &k.acknowledged) })
	}
	k.group, k.stop = group, sync.OnceFunc(func() { close(stop) })
	k.t.Cleanup(k.stop)
}

// burn waits until n more marks have been acknowledged.
func (k *kiln) burn(n int) {
	k.t.Helper()
	goal := k.acknowledged.Load() + int64(n)
	eventually(k.t, time.Minute, "marks are acknowledged", func() bool { return k.acknowledged.Load() >= goal })
}

// cool stops the writers.
func (k *kiln) cool() {
	k.t.Helper()
	k.stop()
	if err := k.group.Wait(); err != nil {
		k.t.Fatal(err)
	}
}

// leave ends the followers and says what promises were broken.
func (k *kiln) leave() {
	for i, f := range k.followers {
		if err := f.Close(); err != nil {
			k.t.Errorf("follower %d: %v", i, err)
		}
	}
	k.followers = nil
}
