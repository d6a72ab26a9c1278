/// The readings that the library has of one text, and which of them holds.
struct LibraryReadings {
    private typealias Parsed = LibPhoneNumber.Parsed

    private let text: NumberText
    private let region: String
    private let form: DigitsForm
    private let isInUse: (LibPhoneNumber.Parsed) -> Bool?
    private let code: Int
    private let digits: String

    /// - Parameters:
    ///   - region: a region that the library knows, upper case.
    ///   - isInUse: whether a number's range is known to be in use; nil for one that is never dialed.
    init(
        _ text: NumberText, region: String, form: DigitsForm,
        isInUse: @escaping (LibPhoneNumber.Parsed) -> Bool?
    ) {
        self.text = text
        self.region = region
        self.form = form
        self.isInUse = isInUse
        code = LibPhoneNumber.callingCode(of: region) ?? 0
        digits = text.leadingDigits
    }

    /// The number that the text means.
    var chosen: Result<LibPhoneNumber.Parsed, NumberProblem> {
        let library = parsed(text.text)
        // A number that is never dialed is told as what it is.
        if case .success(let parsed) = library, isInUse(parsed) == nil, text.hasCountryCode || digits.hasPrefix("0") {
            return library
        }
        if text.hasCountryCode { return withLostZero(library) }
        if digits.hasPrefix("\(code)"), digits.count > "\(code)".count { return ownCode(library) }
        if let other = foreignPrefix { return prefixed(library, other) }
        return withLostZero(digits.hasPrefix("0") ? library : foreignCode(library))
    }

    private func parsed(_ text: String) -> Result<LibPhoneNumber.Parsed, NumberProblem> {
        switch LibPhoneNumber.parse(text, region: region) {
        case .failure(let problem):
            if self.text.isWordy { return .failure(.notANumber) }
            return .failure(problem == .noAreaCode && self.text.hasCountryCode ? .tooShort : problem)
        case .success(let parsed):
            guard self.text.isWholeNumber(with: parsed.extension) else { return .failure(.notANumber) }
            return .success(parsed)
        }
    }

    /// A reading with its validity as the atlas has it.
    private func judged(_ text: String) -> LibPhoneNumber.Parsed? {
        guard var parsed = try? parsed(text).get() else { return nil }
        // Premium numbers are in use as others are.
        parsed.isValid = isInUse(parsed) ?? true
        return parsed
    }

    /// Digits that begin with the region's own country code.
    private func ownCode(
        _ library: Result<LibPhoneNumber.Parsed, NumberProblem>
    ) -> Result<LibPhoneNumber.Parsed, NumberProblem> {
        let withCode = judged("+" + text.text)
        // The zero that is left out behind a country code, and stands nowhere else.
        if let withCode, text.text.filter({ $0 != " " }).hasPrefix("\(code)(0)") { return .success(withCode) }
        let national = judged("+\(code) " + text.text)
        if national?.isValid != true, withCode?.isValid != true {
            let restored = [
                judged("+\(code) 0" + text.text), judged("+\(code) 0" + text.droppingDigits("\(code)".count)),
            ]
            .map { $0?.isValid == true ? $0 : nil }
            if restored.contains(where: { $0 != nil }) { return chosen(restored[0], restored[1], else: library) }
        }
        return chosen(national, withCode, else: form == .withCountryCode ? parsed("+" + text.text) : library)
    }

    private func chosen(
        _ national: LibPhoneNumber.Parsed?, _ withCode: LibPhoneNumber.Parsed?,
        else library: Result<LibPhoneNumber.Parsed, NumberProblem>
    ) -> Result<LibPhoneNumber.Parsed, NumberProblem> {
        switch form.choice(national: national, withCountryCode: withCode) {
        case .national: national.map(Result.success) ?? library
        case .withCountryCode: withCode.map(Result.success) ?? library
        case .ambiguous: ambiguous(national, withCode) ?? library
        case .neither:
            // What is only possible as a national number is no number of a column with country codes.
            if case .success = library { .failure(.impossible) } else { library }
        }
    }

    private func ambiguous(
        _ one: LibPhoneNumber.Parsed?, _ other: LibPhoneNumber.Parsed?
    ) -> Result<LibPhoneNumber.Parsed, NumberProblem>? {
        guard let one, let other else { return nil }
        return .failure(.ambiguous(one.number, other.number))
    }

    /// Digits that may begin with another country's code.
    private func foreignCode(
        _ library: Result<LibPhoneNumber.Parsed, NumberProblem>
    ) -> Result<LibPhoneNumber.Parsed, NumberProblem> {
        let national = judged(text.text)
        guard form != .national, let foreign = judged("+" + text.text), foreign.callingCode != code else {
            return library
        }
        let isSettled = code == DigitsForm.trunkCode
        switch (national?.isValid, foreign.isValid) {
        case (nil, true): return form == .withCountryCode ? .success(foreign) : library
        case (false, true):
            return form == .withCountryCode ? .success(foreign) : ambiguous(national, foreign) ?? library
        case (true, true):
            // Without a column to decide by, a number as people write it in the country is one.
            let isWritten = form == .unknown && national.map(isInItsForm) == true
            return isSettled || isWritten ? library : ambiguous(national, foreign) ?? library
        case (false, false) where form == .withCountryCode && !isSettled:
            return ambiguous(national, foreign) ?? library
        default: return library
        }
    }

    /// Whether a number is written with all digits that its country's form for it has.
    private func isInItsForm(_ parsed: LibPhoneNumber.Parsed) -> Bool {
        LibPhoneNumber.nationalDigits(of: parsed.number)?.first.map(String.init) == digits.first.map(String.init)
    }

    /// What stands behind 00 or 011, whether or not it is what people dial in the region before a country code.
    private var foreignPrefix: LibPhoneNumber.Parsed? {
        guard let prefix = ["00", "011"].first(where: digits.hasPrefix) else { return nil }
        return judged("+" + text.droppingDigits(prefix.count))
    }

    private func prefixed(
        _ library: Result<LibPhoneNumber.Parsed, NumberProblem>, _ other: LibPhoneNumber.Parsed
    ) -> Result<LibPhoneNumber.Parsed, NumberProblem> {
        let own = judged(text.text)
        guard other.isValid, own?.number != other.number else { return withLostZero(library) }
        guard let own, own.isValid else { return .success(other) }
        // An area code, as 011 in Buenos Aires, is no prefix; but of two prefixes either may be meant.
        let isArea = !digits.hasPrefix("00") && text.digitCount <= DigitsForm.longestBehind011
        return own.callingCode == code && isArea ? library : ambiguous(own, other) ?? library
    }

    /// Where nothing is dialed before a national number any more, as in Poland, people still write the zero of old times.
    private func withoutOldZero(
        _ library: Result<LibPhoneNumber.Parsed, NumberProblem>
    ) -> Result<LibPhoneNumber.Parsed, NumberProblem> {
        guard case .success(let parsed) = library else { return library }
        let code = "\(parsed.callingCode)"
        let national = "\(parsed.number.digits)".dropFirst(code.count)
        guard national.hasPrefix("0"), let found = judged("+\(code) \(national.drop { $0 == "0" })"), found.isValid
        else {
            return library
        }
        return .success(found)
    }

    /// Where fixed lines begin with a zero that is part of the number, as in Italy, spreadsheets take it off: it comes back where
    /// nothing else is a number in use.
    private func withLostZero(
        _ library: Result<LibPhoneNumber.Parsed, NumberProblem>
    ) -> Result<LibPhoneNumber.Parsed, NumberProblem> {
        if case .success(let parsed) = library, isInUse(parsed) ?? true { return library }
        let restored: String
        if text.hasCountryCode || digits.hasPrefix("00") {
            guard case .success(let parsed) = library else { return library }
            let national = "\(parsed.number.digits)".dropFirst("\(parsed.callingCode)".count)
            guard !national.hasPrefix("0") else { return withoutOldZero(library) }
            restored = "+\(parsed.callingCode) 0\(national)" + (parsed.extension.map { " ext. \($0)" } ?? "")
        } else {
            guard !digits.hasPrefix("0") else { return withoutOldZero(library) }
            restored = "+\(code) 0" + text.text
        }
        guard let found = judged(restored), found.isValid else { return library }
        return .success(found)
    }
}
