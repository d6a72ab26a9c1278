/// Columns with the numbers of others than the person that a row is about.
enum OtherPeople {
    /// Who the number is of, in the languages of ``HeaderGuess``: `Agent Phone`, `Telefon Makler`. A list may well be about such
    /// people, so they count as others only where another column has the row's own number.
    private static let words: Set<String> = [
        "owner", "agent", "agents", "broker", "realtor", "manager", "assistant", "asst", "assigned", "assignee",
        "salesperson", "salesman", "seller", "referrer", "referral", "referred", "attorney", "lawyer", "wife",
        "husband",
        "partner", "parent", "mother", "father", "guardian", "supervisor", "guarantor", "cosigner", "kin", "caregiver",
        "eigentumer", "eigentuemer", "inhaber", "makler", "vertreter", "vermittler", "verkaufer", "verkaeufer",
        "assistenz", "sekretariat", "vorgesetzter", "ehepartner", "ehefrau", "ehemann", "partnerin", "proprietaire",
        "commercial", "conseiller", "courtier", "assistante", "conjoint", "agente", "propietario", "comercial",
        "vendedor", "asesor", "gestor", "conyuge", "proprietario", "venditore", "consulente", "coniuge", "corretor",
        "makelaar", "eigenaar", "verkoper", "vertegenwoordiger", "partnera", "wlasciciel", "opiekun", "handlowiec",
        "agare", "ejer", "eier", "saljare", "saelger", "selger", "maklare", "megler", "omistaja", "myyja", "valittaja",
    ]
    /// Whose owner is one of the house: `Lead Owner Mobile`.
    private static let records: Set<String> = ["lead", "contact", "record", "account", "deal", "opportunity"]

    /// Whether the number is of who looks after the record in the other system: never of whom the row is about.
    static func keepTheRecord(_ header: Set<String>) -> Bool {
        header.contains("owner") && !header.isDisjoint(with: records)
            || header.contains("created") || header.contains("modified")
    }

    /// Whether a header of numbers names somebody whom the row may not be about.
    static func areNamed(in header: String) -> Bool { !words.isDisjoint(with: HeaderWords(header).words) }
}
