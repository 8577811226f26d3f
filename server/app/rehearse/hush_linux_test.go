package rehearse

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"jiangtai/server/fault"
)

// terminal opens a pseudo terminal: what a person sees and types, and what a program
// reads.
func terminal(t *testing.T) (person, program *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = person.Close() })
	fd := int(person.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = program.Close() })
	return person, program
}

func echoes(t *testing.T, f *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// answer types an answer whenever a question stands there, until the line of the last
// one has ended; it gives what is seen.
func answer(person *os.File, answers [][2]string) <-chan string {
	seen := make(chan string, 1)
	go func() {
		var text strings.Builder
		defer func() { seen <- text.String() }()
		var b [1]byte
		for at := 0; at < len(answers) || b[0] != '\n'; {
			if n, err := person.Read(b[:]); err != nil || n == 0 {
				return
			}
			text.WriteByte(b[0])
			if at < len(answers) && strings.HasSuffix(text.String(), answers[at][0]) {
				_, _ = person.WriteString(answers[at][1] + "\n")
				at++
			}
		}
	}()
	return seen
}

// TestThePasswordIsNotShown at a terminal, the user's name is; afterwards the terminal
// shows again what is typed.
func TestThePasswordIsNotShown(t *testing.T) {
	person, program := terminal(t)
	seen := answer(person, [][2]string{{"user: ", "admin"}, {"password: ", "porcelain-and-ink"}})
	var f Flags
	if err := f.ask(t.Context(), Terminal{In: program, Err: program}); err != nil {
		t.Fatal(err)
	}
	if f.User != "admin" || f.Password != "porcelain-and-ink" {
		t.Errorf("%q, %q", f.User, f.Password)
	}
	if text := <-seen; !strings.Contains(text, "user: admin") || !strings.Contains(text, "password: ") || strings.Contains(text, "porcelain") {
		t.Errorf("seen: %q", text)
	}
	if !echoes(t, program) {
		t.Error("the terminal stays silent")
	}
}

// TestBrokenOffAtTheQuestion: whoever breaks off gets the terminal back as it was.
func TestBrokenOffAtTheQuestion(t *testing.T) {
	person, program := terminal(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	f := Flags{User: "admin"}
	ended := make(chan error, 1)
	go func() { ended <- f.ask(ctx, Terminal{In: program, Err: program}) }()
	for deadline := time.Now().Add(5 * time.Second); echoes(t, program); {
		if time.Now().After(deadline) {
			t.Fatal("nobody asks for the password")
		}
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) || !echoes(t, program) {
		t.Errorf("%v, echo %t", err, echoes(t, program))
	}
	_, _ = person.WriteString("\n") // lets the reader go
}

// TestAnswersFromAFile: what is no terminal is read all the same, and an end without
// an answer is refused.
func TestAnswersFromAFile(t *testing.T) {
	for in, want := range map[string]string{"admin\r\nsecret": "", "admin\n": "rehearse.account", "": "rehearse.account"} {
		var f Flags
		err := f.ask(t.Context(), Terminal{In: strings.NewReader(in), Err: &strings.Builder{}})
		if fault.Code(err) != want || want == "" && f.Password != "secret" {
			t.Errorf("%q: %v, %+v", in, err, f)
		}
	}
}
