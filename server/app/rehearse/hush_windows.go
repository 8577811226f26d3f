package rehearse

import "golang.org/x/sys/windows"

// hush keeps a console from showing what is typed; end makes it show it again. Of
// what is no console nothing is changed.
func hush(fd uintptr) (end func()) {
	console, was := windows.Handle(fd), uint32(0)
	if windows.GetConsoleMode(console, &was) != nil {
		return func() {}
	}
	quiet := was&^windows.ENABLE_ECHO_INPUT | windows.ENABLE_LINE_INPUT | windows.ENABLE_PROCESSED_INPUT
	if windows.SetConsoleMode(console, quiet) != nil {
		return func() {}
	}
	return func() { _ = windows.SetConsoleMode(console, was) }
}
