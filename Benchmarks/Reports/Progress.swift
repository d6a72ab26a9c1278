import Foundation

/// Prints a line at once, also where nobody's terminal is at the other end.
func say(_ line: String) {
    print(line)
    fflush(nil)
}
