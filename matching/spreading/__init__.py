"""Who hears of which vacancy: attention and places, all vacancies together."""
