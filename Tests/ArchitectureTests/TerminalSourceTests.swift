import Foundation
import Testing

/// One door to the terminal: what comes from phones, lists and people is made fit there.
@Suite("Terminals in the sources") struct TerminalSourceTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("nothing but the console and the log writes to standard output or standard error")
    func doors() throws {
        let sources = Self.root.appendingPathComponent("Sources")
        let doors: Set = ["Console.swift", "LogDestination.swift"]
        let all = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var files = 0
        for case let file as URL in all where file.pathExtension == "swift" && !doors.contains(file.lastPathComponent) {
            files += 1
            // Where the output of another program goes to, which is read here.
            let text = try String(contentsOf: file, encoding: .utf8).replacing(
                #/process\.standard(Output|Error) = /#, with: "")
            for word in ["Swift.print(", "fputs(", "putchar(", ".standardOutput", ".standardError", "debugPrint("] {
                #expect(!text.contains(word), "\(file.lastPathComponent) has \(word)")
            }
            for line in text.split(separator: "\n") where !line.contains("func print(") {
                for place in line.ranges(of: "print(") {
                    let before = place.lowerBound == line.startIndex ? " " : line[line.index(before: place.lowerBound)]
                    #expect(before == "." || before.isLetter, "\(file.lastPathComponent) prints by itself: \(line)")
                }
            }
        }
        #expect(files > 500, "the sources were not found")
    }
}
