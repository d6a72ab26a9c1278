import Foundation

/// A list from the field, `Tests/FieldCases`, and what is true of it: written once, and held against the reader, the program and REST.
public struct FieldList: Sendable, CustomStringConvertible {
    /// Below `Tests/FieldCases`.
    public var file: String
    /// The campaign's region.
    public var region: String
    /// The numbers of each row in calling order, E.164; nil for a row that is kept aside.
    public var rows: [[String]?]
    /// The zones of some numbers.
    public var zones: [String: [String]] = [:]
    /// Whose some numbers are.
    public var names: [String: String] = [:]

    /// The file, in the names of tests.
    public var description: String { file }

    /// The rows that are contacts.
    public var contacts: [[String]] { rows.compactMap(\.self) }
    /// The contacts that an import adds: a row whose number is known already adds none.
    public var added: [[String]] {
        contacts.reduce(into: []) { added, row in
            if Set(added.joined()).isDisjoint(with: row) { added.append(row) }
        }
    }
    /// How many rows are kept aside.
    public var keptAside: Int { rows.count - contacts.count }
    /// The file on this machine.
    public var url: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "FieldCases/\(file)")
    }

    /// Each with its truth.
    public static let all = numbers + places

    private static let numbers = [
        FieldList(
            file: "de-e164-without-plus/de_noplus.csv", region: "DE",
            rows: [
                ["+497219123456"], ["+49775591155"], ["+498991234567"], ["+4915191234567"], ["+49761123456"],
            ]),
        FieldList(
            file: "de-e164-without-plus/de_dnc_list.csv", region: "DE", rows: [["+4915191234567"], ["+497219123456"]]),
        FieldList(
            file: "vicidial-phone-code/phonecode.csv", region: "US",
            rows: [["+442079460958"], ["+61412345678"], ["+12125550143"]]),
        FieldList(
            file: "vicidial-phone-code/flag_run.csv", region: "US",
            rows: [["+12125550606"], ["+12125550706"], ["+442079461006"]]),
        FieldList(
            file: "vicidial-phone-code/vicidial.txt", region: "US",
            rows: [["+12125550143", "+12125550144"], ["+442079460958"], ["+447700900123"], ["+12135550143"]],
            names: ["+12125550143": "Ada Test", "+442079460958": "Bob Test", "+12135550143": "Dee Test"]),
        FieldList(
            file: "two-numbers-one-cell-joined/de_two.csv", region: "DE",
            rows: [
                ["+493023125012"], ["+493023125012", "+493023125013"], ["+49302312512", "+49302312513"],
                ["+49302312512", "+49302312513"], ["+49302312512", "+49302312513"],
                ["+491760406901", "+491760406902"], ["+493023125012", "+493023125013"],
                ["+493023125012", "+493023125013"], nil,
                ["+49302312512", "+49302312513", "+49302312514", "+49302312515"], ["+493023125014"], ["+4930231250"],
                ["+49302312515", "+49302312516"], ["+498912345", "+498912346"],
            ]),
        FieldList(
            file: "two-numbers-one-cell-joined/two.csv", region: "US",
            rows: [
                american(143, 144), american(145, 146), american(147, 148), american(149, 150), american(151, 152),
                american(153), american(154, 155), american(156, 157), american(158, 159), american(160, 161),
                american(162), american(163), american(164), american(165),
            ]),
        FieldList(
            file: "excel-formula-text/formula.csv", region: "GB",
            rows: [
                ["+442079460958"], ["+442079460959"], ["+442079460960"], ["+442079460961"], ["+447700900123"],
                ["+447700900124"], ["+447700900125"],
            ]),
        FieldList(
            file: "excel-scientific/sci.csv", region: "US",
            rows: [
                american(143), american(144), nil, nil, american(145), american(146), nil, nil, american(147),
            ]),
        FieldList(
            file: "decimals-with-plus-or-comma/de_dec2.csv", region: "DE",
            rows: Array(repeating: ["+493023125012"], count: 5)),
        FieldList(
            file: "it-zero-lost/it.csv", region: "IT",
            rows: [
                ["+390108480161"], ["+390108480161"], ["+390108480161"], ["+390108480161"], ["+393333337647"],
                ["+393333337647"], ["+390266307129"], ["+390282398816"],
            ]),
        FieldList(
            file: "name-vorname/de_name.csv", region: "DE", rows: [["+493023125012"], ["+493023125013"]],
            names: ["+493023125012": "Ada Muster", "+493023125013": "Bea Probe"]),
        FieldList(file: "google-contacts/google_new.csv", region: "US", rows: [american(143)]),
    ]

    private static let eastern = ["America/New_York"]
    private static let central = ["America/Chicago"]
    private static let bothCoasts = ["America/Los_Angeles", "America/New_York"]

    private static let places = [
        FieldList(
            file: "fr-overseas-national/fr_om.csv", region: "FR",
            rows: [
                ["+590590301234"], ["+590590301235"], ["+262692112233"], ["+262692112234"], ["+596696201234"],
                ["+262692112235"], ["+590590301236"], ["+262639112233"], ["+33199001234"],
            ],
            zones: [
                "+590590301234": ["America/Guadeloupe"], "+590590301236": ["America/Guadeloupe"],
                "+262692112233": ["Indian/Reunion"], "+262692112234": ["Indian/Reunion"],
                "+262692112235": ["Indian/Reunion"], "+596696201234": ["America/Martinique"],
                "+262639112233": ["Indian/Mayotte"], "+33199001234": ["Europe/Paris"],
            ]),
        FieldList(
            file: "us-territories/terr.csv", region: "US",
            rows: [["+17875550143"], ["+18765550143"], ["+12125550149"]],
            zones: ["+17875550143": ["America/Puerto_Rico"], "+12125550149": bothCoasts]),
        FieldList(
            file: "callback-split-state/fl.csv", region: "US",
            rows: [
                ["+13055550111"], ["+13055550112"], ["+13055550113"], ["+13055550114"], ["+12145550115"],
                ["+12145550116"], ["+13135550117"], ["+19015550118"], ["+18655550119"], ["+15025550120"],
                ["+14025550121"], ["+15035550122"], ["+12085550123"], ["+17015550124"], ["+16055550125"],
                ["+13165550126"],
            ],
            zones: [
                "+13055550111": eastern, "+13055550112": eastern, "+13055550113": eastern, "+13055550114": eastern,
                "+18655550119": eastern, "+12145550115": central, "+12145550116": central, "+19015550118": central,
                "+14025550121": central, "+17015550124": central, "+16055550125": central, "+13165550126": central,
                "+13135550117": ["America/Detroit"], "+12085550123": ["America/Boise"],
                "+15035550122": ["America/Los_Angeles"],
            ]),
        FieldList(
            file: "callback-split-state/live2.csv", region: "US",
            rows: [
                ["+15035550106"], ["+18655550106"], ["+15025550106"], ["+13135550106"], ["+17865550106"],
                ["+12085550106"], ["+19155550106"], ["+13055550206"],
            ],
            zones: ["+19155550106": ["America/Denver"], "+17865550106": eastern, "+13055550206": eastern]),
        FieldList(
            file: "timezone-text-crm/tz_pac.csv", region: "US", rows: (143...149).map { american($0) },
            // Eight hours behind UTC are Los Angeles in winter and Anchorage in summer.
            zones: Dictionary(uniqueKeysWithValues: (143...149).map { (american($0)[0], bothCoasts) }).merging(
                ["+12125550148": ["America/Anchorage"] + bothCoasts]) { $1 }),
        FieldList(
            file: "timezone-text-crm/zipq.csv", region: "US", rows: (143...145).map { american($0) },
            zones: Dictionary(uniqueKeysWithValues: (143...145).map { (american($0)[0], bothCoasts) })),
    ]

    private static func american(_ ends: Int...) -> [String] { ends.map { "+12125550\($0)" } }
}
