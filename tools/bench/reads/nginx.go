package reads

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"jiangtai/tools/bench/gauge"
)

// brotliModule is where Debian's package puts it.
const brotliModule = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"

// nginx is a running reference.
type nginx struct {
	cmd    *exec.Cmd
	dir    string
	addr   string
	brotli bool // the module is there
}

// file is what a path answers with, by encoding; "" is plain.
type file struct {
	path   string
	header http.Header // of the plain answer
	bodies map[string][]byte
}

func startNginx(ctx context.Context, files []file) (*nginx, error) {
	dir, err := os.MkdirTemp("", "jiangtai-bench-nginx")
	if err != nil {
		return nil, err
	}
	n := &nginx{dir: dir}
	if err := n.start(ctx, files); err != nil {
		n.stop()
		return nil, err
	}
	return n, nil
}

func (n *nginx) start(ctx context.Context, files []file) error {
	_, err := os.Stat(brotliModule)
	n.brotli = err == nil
	// Its workers are another user's.
	if err := os.Chmod(n.dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := f.lay(filepath.Join(n.dir, "root")); err != nil {
			return err
		}
	}
	if n.addr, err = freeAddress(ctx); err != nil {
		return err
	}
	path := filepath.Join(n.dir, "nginx.conf")
	if err := os.WriteFile(path, []byte(n.config(files)), 0o644); err != nil {
		return err
	}
	binary, err := exec.LookPath("nginx")
	if err != nil {
		binary = "/usr/sbin/nginx" // not in everybody's PATH
	}
	n.cmd = exec.CommandContext(ctx, binary, "-p", n.dir, "-c", path, "-e", filepath.Join(n.dir, "error.log"))
	n.cmd.Stderr = os.Stderr
	if err := n.cmd.Start(); err != nil {
		return err
	}
	return answers(ctx, n.addr)
}

func (n *nginx) stop() {
	if n.cmd != nil && n.cmd.Process != nil {
		_ = n.cmd.Process.Signal(os.Interrupt)
		_ = n.cmd.Wait()
	}
	_ = os.RemoveAll(n.dir)
}

// cpu is its workers'.
func (n *nginx) cpu() time.Duration {
	pid := n.cmd.Process.Pid
	list, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	used := time.Duration(0)
	for child := range strings.FieldsSeq(string(list)) {
		if id, err := strconv.Atoi(child); err == nil {
			used += gauge.CPU(id)
		}
	}
	return used
}

func (f file) lay(root string) error {
	path := filepath.Join(root, filepath.FromSlash(f.path))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	for encoding, body := range f.bodies {
		name := path + map[string]string{"": "", "br": ".br", "gzip": ".gz"}[encoding]
		if err := os.WriteFile(name, body, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// ownHeaders are made by nginx itself, or are each answer's own.
var ownHeaders = map[string]bool{
	"Date": true, "Content-Length": true, "Content-Type": true, "Etag": true, "Content-Encoding": true, "Vary": true, "X-Request-Id": true,
}

func (n *nginx) config(files []file) string {
	var b bytes.Buffer
	if n.brotli {
		fmt.Fprintf(&b, "load_module %s;\n", brotliModule)
	}
	b.WriteString(`worker_processes 2;
daemon off;
pid nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 75s;
  keepalive_requests 1000000;
  open_file_cache max=1000 inactive=60s;
  open_file_cache_valid 60s;
  gzip_static on;
  gzip_vary on;
  types { }
`)
	if n.brotli {
		b.WriteString("  brotli_static on;\n")
	}
	for _, name := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		fmt.Fprintf(&b, "  %s_temp_path %s;\n", name, name)
	}
	fmt.Fprintf(&b, "  server {\n    listen %s;\n    root root;\n", n.addr)
	for _, f := range files {
		fmt.Fprintf(&b, "    location = %s {\n      default_type %q;\n      add_header X-Request-Id $request_id;\n", f.path, f.header.Get("Content-Type"))
		for name, values := range f.header {
			if !ownHeaders[name] {
				fmt.Fprintf(&b, "      add_header %s %q;\n", name, values[0])
			}
		}
		b.WriteString("    }\n")
		if !n.brotli {
			fmt.Fprintf(&b, "    location = %s.br { default_type %q; gzip_static off; add_header Content-Encoding br; }\n", f.path, f.header.Get("Content-Type"))
		}
	}
	b.WriteString("  }\n}\n")
	return b.String()
}

// where is the path that answers with the encoding.
func (n *nginx) where(path, encoding string) string {
	if encoding == "br" && !n.brotli {
		return path + ".br"
	}
	return path
}

func freeAddress(ctx context.Context) (string, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// answers waits until somebody listens.
func answers(ctx context.Context, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	var dialer net.Dialer
	for {
		c, err := dialer.DialContext(ctx, "tcp", addr)
		if err == nil {
			return c.Close()
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}
