import Yams

/// Walks a YAML file that a person wrote and collects every mistake with its line instead of stopping at the first.
package final class YAMLDocument {
    package let file: String
    package private(set) var problems: [FileProblem] = []
    /// Whether so many mistakes were found that no more are told.
    var isFull: Bool { problems.count > FileBounds.mistakes }

    package init(file: String) {
        self.file = file
    }

    /// The root mapping, or nil with the problem noted.
    package func root(of text: String) -> YAMLMapping? {
        if let problem = FileBounds.problem(ofText: text) {
            report(problem, line: nil)
            return nil
        }
        do {
            guard let node = try Yams.compose(yaml: text) else {
                report("the file is empty; write at least its required keys", line: nil)
                return nil
            }
            if let problem = FileBounds.problem(of: node) {
                report(problem, line: nil)
                return nil
            }
            return mapping(node, what: "the file")
        } catch let error as YamlError {
            switch error {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                report("this is not YAML: \(problem)", line: mark.line)
            default:
                report("this is not YAML: \(error)", line: nil)
            }
        } catch {
            report("this is not YAML: \(error)", line: nil)
        }
        return nil
    }

    package func mapping(_ node: Node, what: String) -> YAMLMapping? {
        guard case .mapping(let pairs) = node else {
            report("\(what) must be a mapping of keys to values", line: node.mark?.line)
            return nil
        }
        return YAMLMapping(document: self, what: what, node: node, pairs: pairs)
    }

    package func report(_ message: String, line: Int?) {
        guard !isFull else { return }
        guard problems.count < FileBounds.mistakes else {
            problems.append(
                FileProblem(file: file, line: nil, message: "there are more mistakes; correct these first"))
            return
        }
        problems.append(FileProblem(file: file, line: line, message: message))
    }

    package func throwIfAny() throws(FileProblems) {
        if !problems.isEmpty { throw FileProblems(problems) }
    }
}

/// One mapping of the file; each key is taken once, and those that nobody takes are mistakes.
package final class YAMLMapping {
    package let document: YAMLDocument
    package let what: String
    package let line: Int?
    private var values: [String: Node] = [:]
    package private(set) var keys: [String] = []
    private var known: Set<String> = []

    package init(document: YAMLDocument, what: String, node: Node, pairs: Node.Mapping) {
        self.document = document
        self.what = what
        self.line = node.mark?.line
        for (key, value) in pairs {
            guard let name = key.scalar?.string else {
                document.report("a key of \(what) is not a plain word", line: key.mark?.line)
                continue
            }
            if values[name] != nil { document.report("“\(name)” stands twice in \(what)", line: key.mark?.line) }
            keys.append(name)
            values[name] = value
            lines[name] = key.mark?.line
        }
    }

    private var lines: [String: Int] = [:]

    /// The line of a key, or of the mapping where the key is missing.
    package func line(of key: String) -> Int? { lines[key] ?? line }

    /// The value of a key, which becomes known by asking.
    package func node(_ key: String) -> Node? {
        known.insert(key)
        guard let node = values[key] else { return nil }
        if case .scalar(let scalar) = node, scalar.style == .plain, ["", "~", "null"].contains(scalar.string) {
            return nil
        }
        return node
    }

    package func report(_ message: String, at key: String) {
        document.report(message, line: line(of: key))
    }

    /// A scalar as text.
    package func string(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        guard let text = node.scalar?.string else {
            report("“\(key)” of \(what) must be a single value", at: key)
            return nil
        }
        return text
    }

    /// A scalar as text, noted as missing when it is not there.
    package func required(_ key: String) -> String? {
        if let text = string(key), !text.isEmpty { return text }
        if values[key]?.scalar != nil || values[key] == nil {
            document.report("\(what) needs the key “\(key)”", line: line(of: key))
        }
        return nil
    }

    /// A whole number within a range.
    package func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = string(key) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            report(
                "“\(key)” must be a whole number from \(range.lowerBound) to \(range.upperBound), not “\(text)”",
                at: key)
            return nil
        }
        return number
    }

    /// A duration within a range.
    package func duration(_ key: String, in range: ClosedRange<Duration>) -> Duration? {
        guard let text = string(key) else { return nil }
        guard let duration = DurationText.read(text) else {
            report("“\(key)” must be a duration such as 25s, 20m, 4h or 1d, not “\(text)”", at: key)
            return nil
        }
        guard range.contains(duration) else {
            report(
                "“\(key)” must lie between \(DurationText.write(range.lowerBound)) and "
                    + "\(DurationText.write(range.upperBound)), not \(text)", at: key)
            return nil
        }
        return duration
    }

    /// A truth value.
    package func bool(_ key: String) -> Bool? {
        guard let text = string(key) else { return nil }
        switch text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            report("“\(key)” must be true or false, not “\(text)”", at: key)
            return nil
        }
    }

    /// One of the words of an enumeration.
    package func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, as type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = string(key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        report(
            "“\(key)” must be one of \(words.joined(separator: ", ")), not “\(text)”"
                + NearestName.hint(text, among: words), at: key)
        return nil
    }

    /// A mapping below a key.
    package func mapping(_ key: String) -> YAMLMapping? {
        node(key).flatMap { document.mapping($0, what: "“\(key)”") }
    }

    /// A list of texts below a key.
    func strings(_ key: String) -> [String]? {
        sequence(key)?.compactMap { node in
            if let text = node.scalar?.string, !text.isEmpty { return text }
            report("“\(key)” must be a list of plain words", at: key)
            return nil
        }
    }

    /// A list below a key.
    package func sequence(_ key: String) -> [Node]? {
        guard let node = node(key) else { return nil }
        guard case .sequence(let list) = node else {
            report("“\(key)” must be a list", at: key)
            return nil
        }
        return Array(list)
    }

    /// Notes every key that nobody asked for, and names the nearest known one.
    package func finish(reserved: Set<String> = []) {
        for key in keys where !known.contains(key) && !document.isFull {
            if reserved.contains(key) {
                report("“\(key)” is reserved for a later version of Offhook and cannot be used yet; remove it", at: key)
            } else {
                let hint = NearestName.hint(key, among: known.sorted())
                report("“\(key)” is no key of \(what)\(hint.isEmpty ? "; remove it" : hint)", at: key)
            }
        }
    }
}
