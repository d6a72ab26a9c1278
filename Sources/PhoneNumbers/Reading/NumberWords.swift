import Foundation

/// The words that stand beside and between numbers, in the languages in which headers are recognized: English, German, French,
/// Spanish, Italian, Portuguese, Dutch, Polish, the Scandinavian languages and Finnish. Lower case, without accents.
public enum NumberWords {
    /// Between two numbers, either of which may be called.
    static let or: Set<String> = [
        "or", "and", "oder", "und", "bzw", "od", "u", "o", "ou", "et", "y", "e", "ed", "of", "en", "lub", "albo", "i",
        "oraz",
        "eller", "och", "og", "tai", "ja", "sekä", "seka", "sowie", "also", "auch",
    ]
    /// Between the first number of a block and the last.
    static let to: Set<String> = [
        "bis", "to", "through", "thru", "till", "tot", "do", "til", "a", "al", "ate", "au", "hasta",
    ]
    /// Before an extension, as the library understands it.
    static let plainExtension: Set<String> = ["x", "ext", "extn", "extension", "int", "anexo"]
    /// Before an extension, or before the last digits of a number that are dialed along: `030 23125 DW 12`.
    static let `extension`: Set<String> = [
        "x", "ext", "extn", "extension", "int", "interno", "durchwahl", "dw", "app", "apparat", "klappe", "kl", "nst",
        "nebenstelle", "poste", "extension", "anexo", "ramal", "toestel", "tst", "wew", "wewnetrzny", "anknytning",
        "ankn",
        "lokal", "lokalnummer", "alanumero", "alanro", "pin", "code", "dtmf",
    ]
    private static let fax: Set<String> = [
        "fax", "faxnr", "faxnummer", "faxnumber", "faxno", "telefax", "telefaxnummer", "tfax", "faks", "telefaks",
        "telefaksi",
        "faksi", "telecopie", "telecopieur", "telecopia", "telecopiadora", "workfax", "homefax", "otherfax",
        "businessfax",
        "fx", "f", "efax", "telecopier", "faxe", "faxgerat", "faxgeraet",
    ]
    /// A number beside one of these is wrong, old or not to be called.
    private static let refusing: Set<String> = [
        "not", "dont", "never", "wrong", "old", "former", "ex", "invalid", "disconnected", "dead", "bad", "dnc", "stop",
        "fake", "nicht", "kein", "keine", "falsch", "falsche", "alt", "alte", "ungultig", "ungueltig", "nie", "niemals",
        "pas",
        "jamais", "faux", "fausse", "ancien", "ancienne", "invalide", "nunca", "jamas", "equivocado", "erroneo",
        "antiguo",
        "mai", "errato", "sbagliato", "vecchio", "nao", "errado", "antigo", "niet", "geen", "nooit", "fout", "verkeerd",
        "oud",
        "oude", "bledny", "zly", "stary", "nieaktualny", "inte", "aldrig", "fel", "gammal", "gammalt", "ikke", "aldri",
        "forkert", "feil", "gammel", "gammelt", "ei", "ala", "vaara", "vanha", "emergency", "optout",
        "removed", "deceased", "pager", "beeper", "fallecido", "fallecida", "decede", "decedee", "verstorben",
        "overleden", "deceduto",
        "falecido", "zmarly", "avliden", "avdod", "kuollut", "gesperrt", "bloctel", "tps", "ctps", "dnd", "robinson",
        "nix", "reservert",
        "sparrad", "sparret", "nollamar", "nollame",
    ]

    /// Whether a word, or one of the words of a text, says that the number is of a fax machine.
    public static func sayFax(_ text: String) -> Bool {
        words(text).contains { fax.contains($0) || $0.hasSuffix("telefax") || ($0.hasPrefix("fax") && $0.count <= 9) }
    }

    static func refuse(_ words: [String]) -> Bool { words.contains(where: refusing.contains) }

    /// Lower case, without accents, apostrophes and dots.
    static func key(_ word: some StringProtocol) -> String {
        word.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
            .filter { $0.isLetter || $0.isNumber }
    }

    private static func words(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        return text.split { !$0.isLetter && $0 != "'" && $0 != "’" }.map(key)
    }
}
