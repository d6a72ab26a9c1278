import Foundation
import PhoneNumbers

/// What a cell of a column of opt-outs says.
public enum OptOutAnswer: Sendable, Hashable {
    /// The person wants no calls: yes, 1, x, a date, a registry's name.
    case yes
    /// Nothing is known against a call: no, 0, an empty cell.
    case no
    /// Neither: it counts as yes, and is counted.
    case unclear

    /// Whether the person is not called.
    public var stopsCalls: Bool { self != .no }

    /// Reads a cell of a column of flags.
    public init(flag text: String) {
        let text = SpreadsheetText.shown(text.trimmingWhitespace())
        if text.isEmpty { self = .no; return }
        if let known = Self.plain[text] { self = known; return }
        let word = Self.normal(text)
        if word.isEmpty || Self.noWords.contains(word) {
            self = .no
        } else if Self.yesWords.contains(word) {
            self = .yes
        } else if let wish = OptOutHeader.wish(in: text) {
            self = wish ? .yes : .no
        } else if let number = Double(word.replacingOccurrences(of: ",", with: ".")) {
            self = number == 0 ? .no : number == 1 ? .yes : Self.isDate(text) ? .yes : .unclear
        } else {
            self = Self.isNoDate(text) ? .no : Self.isDate(text) ? .yes : .unclear
        }
    }

    /// Reads a cell of a column of states, in which only the wish itself counts.
    public init(status text: String) {
        self = Self.statusScan.mayBeIn(text) ? OptOutAnswer(wholeStatus: text) : .no
    }

    /// The same without the quick look.
    init(wholeStatus text: String) {
        let parts = text.split { ";,|:\n".contains($0) }.map { String($0).trimmingWhitespace() }
        let isWish = ([text.trimmingWhitespace()] + parts).contains { part in
            OptOutHeader.wish(in: part) == true || Self.statusWishes.contains(Self.normal(part))
        }
        self = isWish ? .yes : .no
    }

    /// Reads a cell of a column that says who may be called.
    public init(permission text: String) {
        if text.trimmingWhitespace().isEmpty {
            self = .no
            return
        }
        switch OptOutAnswer(flag: text) {
        case .yes: self = OptOutHeader.wish(in: text) == true ? .yes : .no
        case .no: self = .yes
        case .unclear: self = .unclear
        }
    }

    /// Whether the text is one of the words for yes or no, so that a column of such texts is one of flags.
    static func isPlain(_ text: String) -> Bool { OptOutAnswer(flag: text) != .unclear && !isDate(text) }

    private static let plain: [String: OptOutAnswer] = [
        "0": .no, "1": .yes, "N": .no, "Y": .yes, "FALSE": .no, "TRUE": .yes,
    ]

    private static let yesWords: Set<String> = [
        "1", "y", "yes", "t", "true", "on", "x", "✓", "✔", "☑", "☒", "✅", "ja", "j", "wahr", "oui", "o", "vrai", "si",
        "s",
        "verdadero", "vero", "sim", "verdadeiro", "waar", "tak", "prawda", "sann", "sand", "sandt", "kylla", "k",
        "tosi",
        "registered", "listed", "on list", "on the list", "match", "matched", "hit", "found", "suppress", "suppressed",
        "block", "blocked", "blacklisted", "unsubscribed", "opt out", "opted out", "optout", "opt-out", "opted-out",
        "donotallow", "do not allow", "not allowed", "disallowed", "forbidden", "gesperrt", "nicht zulassen",
        "ne pas autoriser", "interdit", "inscrit", "no permitir", "prohibido", "inscrito", "registrado",
        "non consentire",
        "iscritto", "vietato", "nao permitir", "niet toestaan", "geregistreerd", "registrerad", "registreret",
        "registrert",
        "sparrad", "sparret", "zarejestrowany", "eingetragen", "registriert", "checked", "set", "stop", "never",
        "non autorise", "remove", "dnc",
    ]

    /// The quick look at a text of such a column.
    static let statusScan = WishScan(OptOutHeader.allPhrases.union(statusWishes))

    /// What columns of states call it beside its own names.
    private static let statusWishes: Set<String> = [
        "remove", "removed", "remove from list", "take off list", "unsubscribed", "blacklisted", "blacklist", "stop",
        "stop calling", "gesperrt", "sperre", "ne pas rappeler", "liste rouge", "opposition", "bloqueado", "bloccato",
        "geblokkeerd", "sparrad", "sparret", "reservert",
    ]

    private static let noWords: Set<String> = [
        "n/a", "na", "nc", "neant", "aucun", "aucune", "keine", "kein", "k.a", "n/d", "nd", "nessuno", "nessuna",
        "geen",
        "n.v.t", "nvt", "brak", "ingen", "inget", "intet", "ej", "ikke", "usann", "usant", "#n/a", "nan", "undefined",
        "nicht gesperrt", "in", "not blacklisted", "1900-01-01", "01/01/1900", "1/1/1900", "1/0/1900", "01/01/0001",
        "1970-01-01", "01/01/1970", "12:00:00 am", "00:00", "00:00:00",
        "0", "n", "no", "f", "false", "off", "none", "-", "–", "—", "null", "(null)", "\\n", "nil", "(blank)",
        "(empty)", "☐",
        "nein", "falsch", "non", "faux", "nee", "onwaar", "nej", "nei", "falsk", "falskt", "nie", "falsz", "nao",
        "falso",
        "ei", "e", "epatosi", "not registered", "unregistered", "not listed", "unlisted", "not on list",
        "not on the list",
        "no match", "not matched", "unmatched", "not found", "miss", "clear", "clean", "ok", "okay", "allow", "allowed",
        "callable", "can call", "may call", "ok to call", "okay to call", "do call", "permitted", "not dnc",
        "not blocked",
        "not suppressed", "subscribed", "opt in", "opted in", "optin", "opt-in", "zulassen", "erlaubt", "autoriser",
        "autorise", "permitir", "permitido", "consenti", "consentire", "toestaan", "toegestaan", "nicht eingetragen",
        "nicht registriert", "nicht gelistet", "non inscrit", "no inscrito", "no registrado", "non iscritto",
        "nao registrado",
        "niet geregistreerd", "ej registrerad", "ikke registreret", "ikke registrert", "nie zarejestrowany", "tillat",
        "tillad", "tillatet", "salli", "unchecked", "not set",
    ]

    /// Small letters without accents, and no sign around the word.
    private static func normal(_ text: String) -> String {
        var word: String
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            word = String(decoding: text.lowercased().utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }, as: UTF8.self)
        } else {
            word = text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
            word = word.replacingOccurrences(of: "ł", with: "l").replacingOccurrences(of: "_", with: " ")
        }
        let quotes: Set<Character> = ["=", "\"", "'", "’", "“", "”", ".", "!", "[", "]"]
        while let first = word.first, quotes.contains(first) || first.isWhitespace { word.removeFirst() }
        while let last = word.last, quotes.contains(last) || last.isWhitespace { word.removeLast() }
        return word.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// A day as databases write it where there is none.
    private static func isNoDate(_ text: String) -> Bool {
        text.hasPrefix("0000-00-00") || text.hasPrefix("0001-01-01") || text.hasPrefix("1900-01-01 00:00")
            || text.hasPrefix("1970-01-01 00:00") || text.hasPrefix("00/00/0000")
            || text.hasPrefix("00.00.0000")
    }

    /// Whether the text is a day, with a time or without: `2026-03-01`, `1.3.2026`, `03/01/26`, `20260301`, `1 Mar 2026`.
    static func isDate(_ text: String) -> Bool { DateText.isDate(text) }
}
