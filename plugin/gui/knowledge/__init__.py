"""Knowledge bases in the panel: which one is asked, how one is built, where its citations lead."""
