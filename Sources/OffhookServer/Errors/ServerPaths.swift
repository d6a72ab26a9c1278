import Foundation

/// Takes the paths of this computer out of what is answered: they tell a stranger where things lie, and nobody at a page needs them.
///
/// Of a path its last part stays, so that a sentence still names its file. Addresses of the server's own pages, dates and links stay
/// whole: a path is what begins with a folder that the file system has at its top, or with one that the server was given.
public struct ServerPaths: Sendable {
    /// Paths that were given, as they were given, the longest first.
    private let known: [String]
    /// The folders at the top of the file system, such as `/home`.
    private let tops: Set<Substring>

    /// - Parameter known: the paths that the server works with; relative ones are hidden as they are written.
    init(_ known: [String]) {
        let all = known.flatMap { [$0, URL(fileURLWithPath: $0).standardizedFileURL.path] }
        self.known = Set(all.filter { $0.contains("/") && $0.utf8.count > 1 }).sorted { $0.utf8.count > $1.utf8.count }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/")) ?? []
        tops = Set((names + ["home", "root", "tmp", "usr", "var", "etc", "opt", "srv", "run", "proc"]).map { $0[...] })
    }

    /// The text with the last part of each path alone.
    func hidden(in text: String) -> String {
        guard text.contains("/") else { return text }
        var text = text
        for path in known {
            while let found = text.range(of: path) {
                let rest = text[found.upperBound...].prefix { !Self.ends($0) }
                let whole = found.lowerBound..<rest.endIndex
                text.replaceSubrange(whole, with: text[whole].split(separator: "/").last.map(String.init) ?? "")
            }
        }
        var result = ""
        var rest = text[...]
        while let slash = rest.firstIndex(of: "/") {
            let before = slash == text.startIndex ? nil : text[text.index(before: slash)]
            let path = rest[slash...].prefix { !Self.ends($0) }
            let parts = path.split(separator: "/")
            result += rest[..<slash]
            rest = rest[path.endIndex...]
            let begins = before.map { !$0.isLetter && !$0.isNumber && !"/:.~-_".contains($0) } ?? true
            if begins, parts.count > 1, let first = parts.first, let last = parts.last, tops.contains(first) {
                result += last
            } else {
                result += path
            }
        }
        return result + rest
    }

    private static func ends(_ character: Character) -> Bool {
        character.isWhitespace || "“”‘’\"'`<>(),;|".contains(character)
    }
}

extension ServerParts {
    /// What an error says to whoever made the request, without a path of this computer. Of a fault of the program only that it is one:
    /// its own words quote data and files.
    func told(_ error: any Error) -> String { paths.hidden(in: (Problem(error) ?? .fault).detail) }
}
