/// What going through a journal told.
struct JournalScan {
    /// Where the last whole record ends; 0 where not even the header is whole.
    var end = 0
    /// Bytes between whole records and behind them that are none, without what a killed process leaves of its last one.
    var damagedBytes = 0
    /// Where the first of them is.
    var firstDamage = 0

    /// Counts a stretch of damage.
    mutating func add(_ damage: Range<Int>) {
        if damagedBytes == 0 { firstDamage = damage.lowerBound }
        damagedBytes += damage.count
    }

    /// What a user should know of the journal at a path; nil when it is sound.
    func warning(for path: String) -> String? {
        guard damagedBytes > 0 else { return nil }
        return
            "\(path): \(damagedBytes) damaged bytes, the first at byte \(firstDamage), are left out; `mesolith sweep` "
            + "solves the points again whose rows were there, and all whole rows are kept"
    }
}
