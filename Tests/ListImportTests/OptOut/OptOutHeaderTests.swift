import ListImport
import Testing

/// Which columns say who must not be called.
@Suite struct OptOutHeaderTests {
    private func column(_ header: String) throws -> ColumnMapping.Column {
        try #require(ColumnMapping(headers: ["Phone", header]).columns.last)
    }

    @Test(
        "headers of the languages, of CRMs and of dialers are taken for do_not_call by themselves",
        arguments: [
            "Do Not Call", "do_not_call", "DoNotCall", "PersonDoNotCall", "DNC", "Is DNC", "dnc_flag", "DNC?",
            "On DNC list",
            "National DNC", "Federal DNC", "Do not contact", "DO NOT CONTACT", "Don't call", "Opt out", "Opt-Out",
            "opted_out",
            "Phone opt out", "Phone Opt-Out", "Call opt out", "Opted out of calls", "HasOptedOutOfCalls", "No calls",
            "TPS",
            "CTPS", "TPS flag", "TPS/CTPS", "Bloctel", "Inscrit Bloctel", "Ne pas appeler", "Ne plus appeler",
            "Opposition démarchage", "Nicht anrufen", "Keine Anrufe", "Anrufsperre", "Werbesperre", "Robinsonliste",
            "No llamar", "No Llame", "Lista Robinson", "Niet bellen", "Bel-me-niet", "Non chiamare",
            "Registro delle Opposizioni", "Não ligar", "Nao perturbe", "Nie dzwonić", "Ring inte", "Får ej ringas",
            "NIX",
            "Ring ikke", "Må ikke ringes", "Älä soita", "Ei saa soittaa", "donotphone", "Do not allow Phone Calls",
            "Telefonanrufe nicht zulassen", "phone_blacklisted", "Phone Blacklisted", "phone_sanitized_blacklisted",
            "mobile_blacklisted", "Do Not Disturb", "DND", "Kontaktsperre", "Do Not Call Date", "Do Not Dial",
            "Not to be called", "Stop calling", "DNCStatus",
            "No Voice Call", "LNNTE", "Darf nicht angerufen werden", "Refus d'appel", "Ne souhaite pas être appelé",
            "No desea llamadas", "Nessuna chiamata", "Opposizione", "Não perturbar", "Mag niet gebeld worden",
            "Sprzeciw",
            "Inga samtal", "Reklamspärr", "Ønsker ikke opkald", "Ei puhelinmarkkinointia", "No Phone",
        ])
    func flags(_ header: String) throws {
        let column = try column(header)
        #expect(column.field == .doNotCall, "\(header): \(column.field), \(String(describing: column.optOut))")
        #expect(column.optOut == .flag)
    }

    @Test(
        "headers that are usually about another channel are kept as fields, with the channel",
        arguments: [
            ("Unsubscribed from all", "e-mail"), ("Unsubscribed from all email", "e-mail"),
            ("Opted out of email", "e-mail"), ("Email Opt Out", "e-mail"), ("E-Mail Opt-Out", "e-mail"),
            ("Has Opted Out Of Email", "e-mail"), ("HasOptedOutOfEmail", "e-mail"), ("is_blacklisted", "e-mail"),
            ("Newsletter abgemeldet", "e-mail"), ("donotbulkemail", "e-mail"), ("Do not allow Emails", "e-mail"),
            ("SMS opt out", "text messages"), ("Has Opted Out Of Fax", "fax"), ("Do not allow Faxes", "fax"),
            ("Pension opt out", "something else"), ("TPS Report", "something else"), ("Gesperrt", "e-mail"),
            ("Do not call before", "hours"), ("Do not disturb hours", "hours"),
        ])
    func otherChannels(_ header: String, channel: String) throws {
        let column = try column(header)
        #expect(column.optOut == .otherChannel(channel), "\(header)")
        #expect(column.field != .doNotCall)
    }

    @Test(
        "columns of states and of permissions are known as what they are",
        arguments: [
            ("Status", OptOutKind.status), ("Lead Status", .status), ("Disposition", .status), ("Statut", .status),
            ("Ergebnis", .status), ("Phone opt-in", .permission), ("OK to call", .permission),
            ("May call", .permission), ("Phone consent", .permission), ("May we call", .permission),
            ("Einwilligung Telefon", .permission), ("Consenso telefonico", .permission), ("DNC clear", .permission),
            ("Not on DNC", .permission), ("Tags", .status), ("Notes", .status),
        ])
    func others(_ header: String, kind: OptOutKind) throws {
        #expect(try column(header).optOut == kind)
        #expect(try column(header).field == .custom(header))
    }

    @Test(
        "headers about something else say nothing of the wish",
        arguments: [
            "Name", "City", "Notes", "Phone type", "Call back", "Last call", "Number of calls", "DNC checked",
            "TPS check date",
            "Last DNC scrub", "Company", "Plan", "Contact owner", "Postcode", "Annex", "Stops", "Newsletter",
            "Casino phone notes", "Reuse code", "No. calls", "Consent date", "Callable until", "Cancelado",
        ])
    func nothing(_ header: String) throws {
        let column = try column(header)
        #expect(column.optOut == nil || column.optOut == .status, "\(header): \(String(describing: column.optOut))")
        #expect(column.field != .doNotCall)
    }

    @Test("several columns may say it, and a person may take each of them for something else")
    func several() throws {
        let both = try ColumnMapping(headers: ["Phone", "TPS", "CTPS"])
        #expect(both.columns.dropFirst().allSatisfy { $0.field == .doNotCall })
        let kept = try ColumnMapping(
            headers: ["Phone", "TPS", "Status"], overrides: ["TPS": "custom:TPS", "Status": "do_not_call"])
        #expect(kept.columns.map(\.field) == [.phone(1), .custom("TPS"), .doNotCall])
    }
}
