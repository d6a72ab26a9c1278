/// Abbreviations of time zones and their long forms, each with the standard time that it is of: none is a place of its own, and
/// the same letters are said in several parts of the world.
enum ZoneAbbreviations {
    /// Standard offsets in minutes, by key. A zone is meant where the row's country has it.
    private static let minutes: [String: [Int]] = [
        "bst": [0], "wet": [0], "west": [0], "greenwichmeantime": [0], "britishsummertime": [0],
        "westerneuropean": [0], "ist": [330, 120, 0], "cet": [60], "cest": [60], "mez": [60], "mesz": [60],
        "centraleuropean": [60], "wat": [60], "eet": [120], "eest": [120], "easterneuropean": [120], "cat": [120],
        "sast": [120], "msk": [180], "moscow": [180], "eat": [180], "trt": [180], "gst": [240], "pkt": [300],
        "wib": [420], "wita": [480], "wit": [540], "ict": [420], "sgt": [480], "hkt": [480], "pht": [480], "myt": [480],
        "awst": [480], "awdt": [480], "australianwestern": [480], "jst": [540], "kst": [540], "acst": [570],
        "acdt": [570], "australiancentral": [570], "aest": [600], "aedt": [600], "australianeastern": [600],
        "chst": [600], "chamorro": [600], "nzst": [720], "nzdt": [720], "newzealand": [720], "sst": [-660],
        "hst": [-600], "hast": [-600], "akst": [-540], "akdt": [-540], "pst": [-480], "pdt": [-480], "pacific": [-480],
        "mst": [-420], "mdt": [-420], "mountain": [-420], "cst": [-360, 480], "cdt": [-360], "central": [-360],
        "est": [-300], "edt": [-300], "eastern": [-300], "cot": [-300], "pet": [-300], "ect": [-300], "ast": [-240],
        "adt": [-240], "atlantic": [-240], "bot": [-240], "clt": [-240], "vet": [-240], "nst": [-210], "ndt": [-210],
        "brt": [-180], "art": [-180], "uyt": [-180],
    ]

    /// The standard offsets that a name can mean, in seconds; empty where it is none of these.
    static func standardOffsets(of name: some StringProtocol) -> [Int] {
        var key = ZoneNames.key(name)
        for ending in ["standardtime", "daylighttime", "summertime", "time"]
        where key.hasSuffix(ending) && minutes[key] == nil {
            key.removeLast(ending.count)
        }
        return (minutes[key] ?? []).map { $0 * 60 }
    }
}
