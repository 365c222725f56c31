//! Words of tables that work through a list.

use sitebook_core::text::Text;

words! {
    LEFT: "还没做的 {0} 项，点一项加一条", "{0} to go; tap one to add its line";
    ALL: "全部加入", "Add them all";
}
