/// Where something costly was formed that is kept for later, such as a factor: enough to form it again with the same bits.
///
/// A step that is taken back goes back to what there was when it began. The thing itself need not be kept twice: it is
/// ``isStale`` then, and formed again from ``now`` if it is asked for.
package struct LaggedPlace<Place> {
    /// Where the thing was formed.
    package private(set) var now: Place
    /// Whether the thing is not the one formed at ``now``, and must be formed there before it is used.
    package private(set) var isStale = false
    private var kept: Place
    private var isKept = true

    /// A thing that is formed at a place; `make` is asked for two of them, each with storage of its own.
    package init(_ make: () -> Place) { (now, kept) = (make(), make()) }

    /// The thing is being formed at another place, which `write` puts in.
    package mutating func move(_ write: (inout Place) -> Void) {
        if isKept {
            swap(&now, &kept)
            isKept = false
        }
        write(&now)
        isStale = false
    }

    /// A step begins: what there is now is what ``rewind()`` goes back to.
    package mutating func keep() { isKept = true }

    /// The step is taken back.
    package mutating func rewind() {
        if isKept { return }
        swap(&now, &kept)
        isKept = true
        isStale = true
    }

    /// The thing has been formed at ``now`` again.
    package mutating func refresh() { isStale = false }

    /// Goes on from a place at which the thing was formed in another process.
    package mutating func restore(_ place: Place) {
        now = place
        isKept = true
        isStale = true
    }
}
