//go:build linux

package localpg

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// A machine without PostgreSQL: the binaries come from a mirror, once. The mirror
// serves this machine's own, packed as the real ones are.
func TestFetchFromAMirror(t *testing.T) {
	dir := ready(t)
	h, err := openHome(dir)
	if err != nil {
		t.Fatal(err)
	}
	here, err := findBinaries(t.Context(), Config{NoFetch: true}, h, 0)
	if err != nil {
		t.Fatal(err)
	}
	mirror := newMirror(t, jar(t, here))
	nothing := []string{}

	s := start(t, Config{Data: dir, Mirror: mirror.URL + "/", places: nothing})
	mustAsk(t, s.URL(), "SELECT 1")
	if want := filepath.Join(h.bin, filepath.Base(filepath.Dir(s.bin.dir)), "bin"); s.bin.dir != want {
		t.Errorf("the binaries are in %s, want %s", s.bin.dir, want)
	}
	if !strings.Contains(mirror.asked.Load().(string), "/io/zonky/test/postgres/embedded-postgres-binaries-") {
		t.Errorf("asked for %s", mirror.asked.Load())
	}
	stop(t, s)

	count := mirror.count.Load()
	again := start(t, Config{Data: dir, Mirror: mirror.URL, places: nothing})
	mustAsk(t, again.URL(), "SELECT 1")
	if mirror.count.Load() != count {
		t.Error("they were fetched twice")
	}
	if leftovers, _ := os.ReadDir(h.bin); len(leftovers) != 1 {
		t.Errorf("more than the binaries is left: %v", leftovers)
	}
}

func TestFetchRefusesWhatItDidNotAskFor(t *testing.T) {
	h, err := openHome(ready(t))
	if err != nil {
		t.Fatal(err)
	}
	here, err := findBinaries(t.Context(), Config{NoFetch: true}, h, 0)
	if err != nil {
		t.Fatal(err)
	}
	other := 16
	if here.major == other {
		other = 15
	}
	good := jar(t, here)
	for _, c := range []struct {
		name, want string
		body       []byte
		sum        string
	}{
		{"another version than its name says", "instead of", good, ""},
		{"a body that is not what the sum says", "checksum", good, strings.Repeat("0", 64)},
		{"no archive at all", "zip", []byte("<html>sign in to the network</html>"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			mirror := newMirror(t, c.body)
			mirror.sum = c.sum
			target := home{bin: t.TempDir()}
			_, err := fetch(t.Context(), Config{Mirror: mirror.URL, Log: quiet()}, target, other)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v", err)
			}
			if got := fetchedBefore(target); len(installed(t.Context(), []string{filepath.Join(target.bin, "16", "bin"), filepath.Join(target.bin, "15", "bin")})) > 0 {
				t.Errorf("it was installed all the same: %v", got)
			}
		})
	}
}

func TestWithoutBinariesAndWithoutNetwork(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // the library leaves an empty log there
	closed := httptest.NewServer(http.NotFoundHandler())
	address := closed.URL
	closed.Close()
	_, err := tryStart(t, Config{Data: t.TempDir(), Mirror: address, places: []string{}})
	if !errors.Is(err, ErrNoBinaries) {
		t.Fatalf("got %v", err)
	}
	for _, part := range []string{address, "install PostgreSQL", "DATABASE_URL"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not mention %q: %v", part, err)
		}
	}
}

func TestWithoutBinariesAndWithoutLeaveToFetch(t *testing.T) {
	_, err := tryStart(t, Config{Data: t.TempDir(), NoFetch: true, places: []string{}})
	if !errors.Is(err, ErrNoBinaries) || !strings.Contains(err.Error(), "switched off") {
		t.Errorf("got %v", err)
	}
}

type mirror struct {
	*httptest.Server
	count atomic.Int64
	asked atomic.Value
	sum   string // instead of the true one
}

func newMirror(t *testing.T, body []byte) *mirror {
	t.Setenv("TMPDIR", t.TempDir()) // the library leaves an empty log there
	m := &mirror{}
	m.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".sha256") {
			sum := sha256.Sum256(body)
			text := hex.EncodeToString(sum[:])
			if m.sum != "" {
				text = m.sum
			}
			_, _ = w.Write([]byte(text))
			return
		}
		m.count.Add(1)
		m.asked.Store(r.URL.Path)
		_, _ = w.Write(body)
	}))
	t.Cleanup(func() {
		m.Close()
		http.DefaultClient.CloseIdleConnections() // the library's client is the default one
	})
	return m
}

// jar packs an installation as the repository does: a zip with a tar.xz in it.
func jar(t *testing.T, b binaries) []byte {
	t.Helper()
	var archive bytes.Buffer
	w := tar.NewWriter(&archive)
	files := map[string][]byte{"lib/empty": nil} // PostgreSQL looks whether the folder is there
	for _, program := range []string{"postgres", "initdb", "pg_ctl"} {
		raw, err := os.ReadFile(b.path(program))
		if err != nil {
			t.Fatal(err)
		}
		files["bin/"+program] = raw
	}
	for name, raw := range files {
		err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o755, Size: int64(len(raw)), Typeflag: tar.TypeReg})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(raw); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	f, err := z.CreateHeader(&zip.FileHeader{Name: "postgres.txz", Method: zip.Store})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(xzStored(archive.Bytes())); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// xzStored is an xz stream of one block whose chunks are stored as they are.
func xzStored(data []byte) []byte {
	var out bytes.Buffer
	le := binary.LittleEndian
	crc := func(b []byte) []byte { return le.AppendUint32(nil, crc32.ChecksumIEEE(b)) }
	pad := func() {
		for out.Len()%4 != 0 {
			out.WriteByte(0)
		}
	}
	flags := []byte{0, 1} // the check is a CRC32
	out.Write([]byte{0xFD, '7', 'z', 'X', 'Z', 0})
	out.Write(flags)
	out.Write(crc(flags))

	begin := out.Len()
	header := []byte{2, 0, 0x21, 1, 0x16, 0, 0, 0} // one filter, LZMA2
	out.Write(header)
	out.Write(crc(header))
	const chunk = 1 << 16
	for at := 0; at < len(data); at += chunk {
		part := data[at:min(at+chunk, len(data))]
		control := byte(2)
		if at == 0 {
			control = 1 // the dictionary begins anew
		}
		out.WriteByte(control)
		out.Write(binary.BigEndian.AppendUint16(nil, uint16(len(part)-1)))
		out.Write(part)
	}
	out.WriteByte(0)
	unpadded := out.Len() - begin + crc32.Size
	pad()
	out.Write(crc(data))

	index := out.Len()
	out.WriteByte(0)
	out.WriteByte(1)
	out.Write(binary.AppendUvarint(nil, uint64(unpadded)))
	out.Write(binary.AppendUvarint(nil, uint64(len(data))))
	pad()
	out.Write(crc(out.Bytes()[index:]))
	footer := append(le.AppendUint32(nil, uint32((out.Len()-index)/4-1)), flags...)
	out.Write(crc(footer))
	out.Write(footer)
	out.WriteString("YZ")
	return out.Bytes()
}
