package web

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"sync"

	"github.com/valyala/fasthttp"

	"jiangtai/server/conduit"
)

// What does not fit into the server's write buffer behind a header goes out by
// vector: header and body in one call of the kernel, the body uncopied. Otherwise
// the buffer is filled with a part of the body, and two calls are made.
const vectored = 3 << 10

// setBody gives the answer its body, which nobody changes any more.
func setBody(ctx *fasthttp.RequestCtx, body []byte) {
	conn, ok := conduit.Bare(ctx.Conn()).(*net.TCPConn)
	if !ok || len(body) < vectored {
		ctx.Response.SetBodyRaw(body)
		return
	}
	v := vectors.Get().(*vector) //nolint:forcetypeassert // only these are put there
	v.header, v.conn, v.body = &ctx.Response.Header, conn, body
	ctx.Response.SetBodyStream(v, len(body))
}

// vector is a body on its way; the server ends with closing it.
type vector struct {
	header *fasthttp.ResponseHeader
	conn   *net.TCPConn
	body   []byte
	parts  [2][]byte
	bufs   net.Buffers
}

var vectors = sync.Pool{New: func() any { return new(vector) }}

// WriteTo is what the server calls when the header lies in its buffer.
func (v *vector) WriteTo(w io.Writer) (int64, error) {
	buffer, ok := w.(*bufio.Writer)
	if header := v.header.Header(); ok && buffer.Buffered() == len(header) {
		// Nothing but the header waits there, and here it is once more.
		v.parts = [2][]byte{header, v.body}
		v.bufs = v.parts[:]
		buffer.Reset(v.conn)
		n, err := v.bufs.WriteTo(v.conn)
		return n - int64(len(header)), err
	}
	// An answer to an earlier request waits too.
	n, err := w.Write(v.body)
	return int64(n), err
}

// Read is for whoever does not know WriteTo.
func (v *vector) Read(p []byte) (int, error) {
	n, err := bytes.NewReader(v.body).Read(p)
	v.body = v.body[n:]
	return n, err
}

// Close is the server's last word.
func (v *vector) Close() error {
	*v = vector{}
	vectors.Put(v)
	return nil
}
