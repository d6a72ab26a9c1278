/// Reads the parts of a cell one after the other.
struct CellReading {
    private let parts: [CellText.Part]
    private let region: String
    private let form: DigitsForm
    private let reader: NumberReader

    /// The numbers to dial and those of fax machines.
    private(set) var found: [NumberReading] = []
    private(set) var faxes: [NumberReading] = []
    /// What is wrong with one number of several.
    private(set) var problem: NumberProblem?
    /// Whether nobody can tell where one number ends and the next begins.
    private(set) var isUnclear = false
    /// Whether the words say that the number is not to be called.
    private(set) var refuses = false

    /// A number as written, and as it was read.
    private struct Whole {
        var text: String
        var reading: NumberReading
    }

    private var last: Whole?
    /// The words since the last number.
    private var words: [(word: String, isEnclosed: Bool)] = []
    private var separated = false
    private var isFax = false
    private var lastIsFax = false
    private let labelsFollow: Bool

    /// Digits of a whole number at least, without prefix and country code.
    private static let shortest = 6

    init(_ text: CellText, region: String, form: DigitsForm, reader: NumberReader) {
        parts = text.parts
        self.region = region
        self.form = form
        self.reader = reader
        // “030 123 tel, 030 124 fax”: the words stand behind.
        if case .run? = text.parts.first, case .word? = text.parts.last {
            labelsFollow = true
        } else {
            labelsFollow = false
        }
    }

    mutating func read() {
        for part in parts where !isUnclear {
            switch part {
            case .separator:
                separated = true
                if words.allSatisfy({ !NumberWords.or.contains($0.word) }) { takeLabels() }
            case .word(let word, let isEnclosed): words.append((word, isEnclosed))
            case .appended(let digits): append(digits)
            case .run(let run): take(run)
            }
        }
        takeLabels()
    }

    /// Words with a number before them and none behind, up to the next separator.
    private mutating func takeLabels() {
        let text = words.map(\.word)
        if NumberWords.refuse(text) { refuses = true }
        if last != nil, !lastIsFax, text.contains(where: NumberWords.sayFax) { moveLastToFaxes() }
        words = []
    }

    private mutating func moveLastToFaxes() {
        guard let number = found.popLast() else { return }
        faxes.append(number)
        lastIsFax = true
    }

    /// `,55` behind a number: its extension, or the ending of another number with as many digits.
    private mutating func append(_ digits: String) {
        guard let before = last else {
            isUnclear = true
            return
        }
        let group = before.text.reversed().prefix(while: \.isNumber).count
        if group == digits.count, group <= 3 {
            separated = true
            take(digits)
        } else if digits.count >= 7 {
            separated = true
            take(digits)
        } else if case .success = reader.readByLibrary(before.text + "," + digits, region: region, form: form) {
            return
        } else {
            isUnclear = true
        }
    }

    private mutating func take(_ run: String) {
        let text = words.map(\.word)
        let isRange = text.count == 1 && text.first.map(NumberWords.to.contains) == true && last != nil
        let isAlternative = separated || text.contains(where: NumberWords.or.contains)
        let digits = run.count(where: \.isNumber)
        if last != nil, let word = text.last, NumberWords.extension.contains(word) {
            // No extension has so many digits, or the digits are the number's own last ones.
            isUnclear = true
            return
        }
        if last != nil, !text.isEmpty, !isRange, !separated, digits <= 2, !text.contains(where: NumberWords.or.contains)
        {
            // “after 5”
            return
        }
        if last == nil, digits <= 2, found.isEmpty, faxes.isEmpty, !text.isEmpty, parts.count > 2 {
            // “phone 2: 030 …”
            return
        }
        // Words between two numbers say what the next one is, if they do not stand in parentheses.
        let enclosed = words.filter(\.isEnclosed).map(\.word)
        let follows = labelsFollow && last != nil && !isRange
        let fax = text.contains(where: NumberWords.sayFax)
        if NumberWords.refuse(text) { refuses = true }
        if last != nil, fax, follows || enclosed.contains(where: NumberWords.sayFax) {
            if !lastIsFax { moveLastToFaxes() }
            isFax = false
        } else {
            isFax = fax
        }
        words = []
        for (index, piece) in pieces(of: run).enumerated() where !isUnclear {
            add(piece, isRange: isRange && index == 0, isAlternative: isAlternative || index > 0)
        }
        separated = false
    }

    private mutating func add(_ piece: String, isRange: Bool, isAlternative: Bool) {
        let whole = whole(piece)
        guard let before = last, isAlternative || isRange else {
            if let whole { return keep(whole) }
            return fail(piece)
        }
        if isRange, whole == nil {
            guard let block = NumberEnding(piece, of: before.text).block else {
                isUnclear = true
                return
            }
            for text in block { keepEnding(text, as: before) }
            return
        }
        let ending = NumberEnding(piece, of: before.text).text.flatMap { self.ending($0, as: before) }
        switch (whole, ending) {
        case (let whole?, nil): keep(whole)
        case (nil, let ending?): keep(ending)
        case (let whole?, let ending?):
            let startsAnew = piece.first == "+" || piece.first == "0" || piece.hasPrefix("(0") || piece.hasPrefix("(+")
            let isAsLong = piece.count(where: \.isNumber) == before.text.count(where: \.isNumber)
            if startsAnew || isAsLong || whole.reading.number == ending.reading.number {
                keep(whole)
            } else if before.text.first == "0" || before.text.first == "+" || before.text.first == "(" {
                keep(ending)
            } else {
                isUnclear = true
            }
        case (nil, nil): fail(piece)
        }
    }

    private mutating func keep(_ whole: Whole) {
        if isFax { faxes.append(whole.reading) } else { found.append(whole.reading) }
        lastIsFax = isFax
        last = whole
    }

    private mutating func keepEnding(_ text: String, as before: Whole) {
        guard let ending = ending(text, as: before) else {
            isUnclear = true
            return
        }
        keep(ending)
    }

    private mutating func fail(_ piece: String) {
        let digits = piece.count(where: \.isNumber)
        if last == nil || digits > Self.shortest,
            case .failure(let failure) = reader.readByLibrary(piece, region: region, form: form)
        {
            problem = problem ?? failure
        } else {
            isUnclear = true
        }
    }

    private func ending(_ text: String, as before: Whole) -> Whole? {
        guard before.reading.extension == nil,
            case .success(let reading) = reader.readByLibrary(text, region: region, form: form),
            reading.validity == before.reading.validity
        else { return nil }
        return Whole(text: text, reading: reading)
    }

    /// A text that is a number by itself.
    private func whole(_ text: String) -> Whole? {
        guard text.count(where: \.isNumber) >= Self.shortest,
            case .success(let reading) = reader.readByLibrary(text, region: region, form: form)
        else { return nil }
        return Whole(text: text, reading: reading)
    }

    private func valid(_ text: String) -> Bool {
        guard let whole = whole(text), whole.reading.validity == .valid else { return false }
        let number = whole.reading.number
        let code = NumberingPlans.codeLength(of: number.digits)
        return "\(number.digits)".count - code >= Self.shortest
    }
}

extension CellReading {
    /// The numbers of a run, each as its text; one if nothing tells that there are more.
    private func pieces(of run: String) -> [String] {
        guard !run.contains("ext.") else { return [run] }
        var pieces: [String] = []
        var current = ""
        for part in run.split(separator: "/", omittingEmptySubsequences: true).map({ String($0) }) {
            let trimmed = part.trimmingSpaces()
            guard trimmed.contains(where: \.isNumber) else {
                current += "/" + part
                continue
            }
            if current.isEmpty {
                current = part
            } else if endsNumber(current, before: trimmed) {
                pieces.append(current.trimmingSpaces())
                current = part
            } else if !pieces.isEmpty {
                // Behind a whole number even an ending stands by itself.
                pieces.append(current.trimmingSpaces())
                current = part
            } else {
                current += "/" + part
            }
        }
        pieces.append(current.trimmingSpaces())
        return pieces.flatMap(spaced)
    }

    /// Whether a bar behind the text ends a number: behind an area code it does not.
    private func endsNumber(_ text: String, before next: String) -> Bool {
        let digits = text.count(where: \.isNumber)
        let following = next.count(where: \.isNumber)
        if valid(text.trimmingSpaces()) { return true }
        return following >= Self.shortest && digits + following > 13 && whole(text.trimmingSpaces()) != nil
    }

    /// Two whole numbers with nothing but a space between them.
    private func spaced(_ run: String) -> [String] {
        let words = run.split(separator: " ").map(String.init)
        guard words.count > 1, words.count <= 12 else { return [run] }
        let digits = run.count(where: \.isNumber)
        if digits <= 13, whole(run) != nil { return [run] }
        let groups = starting(words) ?? equal(words)
        guard let groups, groups.count > 1, groups.allSatisfy(valid) else { return [run] }
        return groups
    }

    /// Cut before each group that begins as the first one does: with a zero, a plus or a parenthesis.
    private func starting(_ words: [String]) -> [String]? {
        func begins(_ word: String) -> Bool { word.first == "0" || word.first == "+" || word.first == "(" }
        guard let first = words.first, begins(first) else { return nil }
        var groups: [String] = []
        for word in words where word != "-" && word != "–" {
            if begins(word), groups.isEmpty || groups.last.map(valid) == true {
                groups.append(word)
            } else {
                groups[groups.count - 1] += " " + word
            }
        }
        return groups
    }

    /// Cut into groups with as many digits each.
    private func equal(_ words: [String]) -> [String]? {
        let words = words.filter { $0.contains(where: \.isNumber) }
        let total = words.joined().count(where: \.isNumber)
        for count in 2...4 where total % count == 0 && total / count >= Self.shortest {
            var groups: [String] = [""]
            for word in words {
                if groups[groups.count - 1].count(where: \.isNumber) == total / count { groups.append("") }
                groups[groups.count - 1] += (groups[groups.count - 1].isEmpty ? "" : " ") + word
            }
            if groups.allSatisfy({ $0.count(where: \.isNumber) == total / count }) { return groups }
        }
        return nil
    }
}

extension CellText {
    /// Whether a text holds several numbers, clearly or not; words beside one number are not told here.
    static func holdsSeveral(_ text: String, region: String, form: DigitsForm, reader: NumberReader) -> Bool {
        let number = NumberText(text)
        guard !number.isRounded, let parts = CellText(number.text), !parts.hasForeignSign,
            NumberReader.isKnownRegion(region)
        else { return false }
        var reading = CellReading(parts, region: region, form: form, reader: reader)
        reading.read()
        return reading.found.count + reading.faxes.count > 1
            || (reading.isUnclear && parts.letters == 0 && reading.found.count + reading.faxes.count > 0)
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        var text = Substring(self)
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
