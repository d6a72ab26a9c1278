import Foundation
import Testing

/// What the scripts of pages themselves show.
@Suite("Scripts of pages in the sources") struct ScriptSourceTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("share/web/static")

    @Test("no script asks the browser's zone data for a time; one tells the server the name of its reader's zone")
    func zones() throws {
        // A browser's zone data may be older than the server's: it would show an agent a contact's clock an hour off.
        let local = #/DateTimeFormat|timeZone|getTimezoneOffset|toLocale(Date|Time)?String\('|Temporal\./#
        let parts = #/\.get(Hours|Minutes|Seconds|Day|Date|Month|FullYear)\(/#
        let numbers = "toLocaleString('en'"
        let scripts = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
            $0.hasSuffix(".js") && $0 != "zone.js"
        }
        #expect(scripts.count > 20)
        for script in scripts {
            let text = try String(contentsOf: Self.folder.appendingPathComponent(script), encoding: .utf8)
            for line in text.split(separator: "\n") where !line.contains(numbers) {
                #expect(line.firstMatch(of: local) == nil && line.firstMatch(of: parts) == nil, "\(script): \(line)")
                let shownDate = line.contains("new Date(") && line.contains("toLocale")
                #expect(!shownDate, "\(script): \(line)")
            }
        }
    }
}
